#include "router/store/moving.hpp"

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include "router/store/group.hpp"
#include "router/store/log_copy.hpp"

namespace torntape::store {

namespace {

constexpr std::size_t most_messages_at_once = 1'000;
constexpr std::size_t most_bytes_at_once = std::size_t{4} << 20U;
constexpr std::chrono::milliseconds look_again{100};

std::variant<std::vector<relay::MessageNumber>, Failure> numbers_in(LmdbStore& store) {
  std::vector<relay::MessageNumber> numbers;
  auto failed = store.replay([&numbers](relay::Record const& record) {
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      numbers.push_back(accepted->envelope.number);
  });
  if (failed) return *std::move(failed);
  return numbers;
}

// All that is known of a message, its text too; none where the text is damaged.
std::vector<relay::Record> all_of(LmdbStore& store, relay::MessageNumber number) {
  auto found = store.message(number);
  auto* const stored = std::get_if<Store::Stored>(&found);
  auto records = stored == nullptr ? std::vector<relay::Record>() : store.records_of(number);
  if (!records.empty())
    std::get<relay::Accepted>(records.front()).message =
        std::make_shared<grammar::Received const>(std::move(stored->text));
  return records;
}

// Whether there is a message that has nothing to do with those that are to come.
bool holds_another(LmdbStore& there, LmdbStore& here) {
  bool another = false;
  auto const failed = there.replay([&](relay::Record const& record) {
    auto const* const accepted = std::get_if<relay::Accepted>(&record);
    if (accepted == nullptr || another) return;
    auto const known = here.records_of(accepted->envelope.number);
    another = known.empty() ||
              std::get<relay::Accepted>(known.front()).envelope.digest != accepted->envelope.digest;
  });
  return failed || another;
}

std::size_t copies_in(std::vector<relay::Record> const& records) {
  return std::get<relay::Accepted>(records.front()).envelope.copies.size();
}

}  // namespace

std::variant<std::unique_ptr<LmdbStore>, Failure> read_log(EngineAddress const& address,
                                                           std::filesystem::path const& directory) {
  auto connected = Engine::connect(address, "torntape store");
  if (auto* const failed = std::get_if<Failure>(&connected)) return std::move(*failed);
  auto& engine = *std::get<std::unique_ptr<Engine>>(connected);
  if (!engine.has_log()) return Failure{fmt::format("there is no log {} in NATS", address.log)};
  LmdbOptions options;
  options.kind = LmdbOptions::Kind::of_log;
  auto opened = LmdbStore::open(directory, options);
  if (auto* const failed = std::get_if<Failure>(&opened)) return std::move(*failed);
  auto& copy = std::get<std::unique_ptr<LmdbStore>>(opened);
  LogCopy reader(engine, *copy);
  auto read = reader.catch_up();
  if (auto* const failed = std::get_if<Failure>(&read)) return std::move(*failed);
  return std::move(copy);
}

std::optional<Failure> await_log(NatsStore& store, std::chrono::milliseconds patience) {
  auto const until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto const standing = store.standing();
    if (standing->owner) return std::nullopt;
    if (std::chrono::steady_clock::now() > until) return Failure{standing->trouble};
    std::this_thread::sleep_for(look_again);
  }
}

std::optional<Failure> move_into(LmdbStore& from, NatsStore& to,
                                 std::function<void(std::size_t)> const& told) {
  auto found = numbers_in(from);
  if (auto* const failed = std::get_if<Failure>(&found)) return std::move(*failed);
  if (holds_another(to.copy(), from))
    return Failure{
        "the log holds other messages than the store: move to a log that is empty, under another name"};
  std::vector<relay::Record> again;
  std::size_t done = 0, messages = 0, bytes = 0;
  auto const send = [&]() -> std::optional<Failure> {
    if (auto failed = to.tell_again(again)) return failed;
    again.clear();
    messages = bytes = 0;
    told(done);
    return std::nullopt;
  };
  for (auto const number : std::get<std::vector<relay::MessageNumber>>(found)) {
    ++done;
    if (to.copy().knows(number)) continue;
    auto records = all_of(from, number);
    if (records.empty())
      return Failure{
          fmt::format("the text of message {} is damaged: file it again at the switch first", number)};
    bytes += std::get<relay::Accepted>(records.front()).message->bytes().size();
    std::ranges::move(records, std::back_inserter(again));
    if (++messages < most_messages_at_once && bytes < most_bytes_at_once) continue;
    if (auto failed = send()) return failed;
  }
  auto channels = from.channels();
  std::ranges::move(channels, std::back_inserter(again));
  return send();
}

Compared compare(LmdbStore& one, LmdbStore& other) {
  Compared compared;
  auto const differ = [&compared](std::string words) { compared.difference.emplace(std::move(words)); };
  auto const of_one = numbers_in(one), of_other = numbers_in(other);
  for (auto const* const found : {&of_one, &of_other})
    if (auto const* const failed = std::get_if<Failure>(found)) return differ(failed->message), compared;
  auto const& numbers = std::get<std::vector<relay::MessageNumber>>(of_one);
  if (auto const there = std::get<std::vector<relay::MessageNumber>>(of_other).size();
      there != numbers.size())
    return differ(fmt::format("{} messages here, {} there", numbers.size(), there)), compared;
  auto sum = ::crc32_z(0, nullptr, 0);
  auto const same = [&sum](std::vector<relay::Record> const& here, std::vector<relay::Record> const& there) {
    auto const bytes = encode(here);
    sum = ::crc32_z(sum, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size());
    return bytes == encode(there);
  };
  for (auto const number : numbers) {
    auto const here = all_of(one, number), there = all_of(other, number);
    if (here.empty() || there.empty() || !same(here, there))
      return differ(fmt::format("message {} is not the same", number)), compared;
    ++compared.messages;
    compared.copies += copies_in(here);
  }
  if (!same(one.channels(), other.channels())) differ("the channel numbers are not the same");
  compared.checksum = static_cast<std::uint32_t>(sum);
  return compared;
}

}  // namespace torntape::store
