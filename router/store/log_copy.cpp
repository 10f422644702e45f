#include "router/store/log_copy.hpp"

#include <limits>
#include <utility>

#include <fmt/format.h>
#include <torntape/store/v1/log.pb.h>
#include <zlib.h>

namespace torntape::store {

namespace {

constexpr std::uint32_t format = 1;
constexpr std::size_t most_groups_at_once = 512;
constexpr std::size_t most_bytes_at_once = std::size_t{8} << 20U;
constexpr std::chrono::milliseconds wait_for_entry{1'000};
constexpr int most_waits = 5;
constexpr std::string_view what_to_do =
    "to go on with the log, name another directory; to make a new log of the copy: torntape store migrate "
    "--from lmdb:DIR "
    "--to nats://HOST/NEWNAME";

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(0, reinterpret_cast<Bytef const*>(bytes.data()), bytes.size()));
}

}  // namespace

std::string begin_entry(std::string const& writer) {
  v1::LogEntry entry;
  entry.mutable_begin()->set_format(format);
  entry.mutable_begin()->set_writer(writer);
  return entry.SerializeAsString();
}

std::vector<std::string> entries_of(std::string_view group, std::size_t most) {
  std::vector<std::string> entries;
  do {
    auto const part = group.substr(0, most);
    group.remove_prefix(part.size());
    v1::LogEntry entry;
    entry.set_part(part.data(), part.size());
    entry.set_more(!group.empty());
    entry.set_checksum(checksum(part));
    entries.push_back(entry.SerializeAsString());
  } while (!group.empty());
  return entries;
}

Assembler::Taken Assembler::take(std::string_view bytes) {
  v1::LogEntry entry;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return Failure{"is damaged"};
  if (entry.has_begin()) {
    parts_.clear();
    if (entry.begin().format() <= format) return Nothing{};
    return Failure{
        fmt::format("has format {}, this torntape reads formats up to {}", entry.begin().format(), format)};
  }
  if (entry.checksum() != checksum(entry.part())) return Failure{"is damaged"};
  parts_.append(entry.part());
  if (entry.more()) return Nothing{};
  auto group = decode_group(parts_);
  parts_.clear();
  if (!group) return Failure{"is damaged, or of a later version of torntape"};
  return *std::move(group);
}

std::variant<Engine::LogState, Failure> LogCopy::catch_up() {
  auto found = engine_.state();
  auto const* const log = std::get_if<Engine::LogState>(&found);
  if (log == nullptr) return found;
  auto begun = begin(*log);
  if (auto const* const failed = std::get_if<Failure>(&begun)) return *failed;
  place_ = std::get<Place>(std::move(begun));
  if (place_.sequence == log->last) return found;
  if (auto failed = read_up_to(log->last)) {
    stop_reading();
    return *std::move(failed);
  }
  return found;
}

// A copy that knows more than its log may be all that is left of it: it is not thrown away.
std::variant<Place, Failure> LogCopy::begin(Engine::LogState const& log) {
  auto const place = copy_.place();
  if (place && place->log != log.id)
    return Failure{fmt::format("the log is not the one that the working copy was read from; {}", what_to_do)};
  if (place && place->sequence > log.last)
    return Failure{fmt::format(
        "the log ends with entry {}, and the working copy has read up to {}: NATS has lost what it had "
        "acknowledged; {}",
        log.last, place->sequence, what_to_do)};
  if (place && place->sequence + 1 >= log.first) return *place;
  if (place)
    if (auto failed = copy_.clear()) return *std::move(failed);
  Place fresh{log.id, log.first == 0 ? 0 : log.first - 1};
  if (auto failed = copy_.follow(std::span<Group const>(), fresh)) return *std::move(failed);
  return fresh;
}

std::optional<Failure> LogCopy::read_up_to(std::uint64_t last) {
  assembler_ = {};
  read_.clear();
  read_bytes_ = 0;
  read_to_ = place_.sequence;
  auto expected = place_.sequence + 1;
  for (int waits = 0; expected <= last;) {
    if (std::exchange(next_, expected) != expected)
      if (auto failed = engine_.read_from(expected)) return failed;
    auto found = engine_.next(wait_for_entry);
    auto const* const entry = std::get_if<std::optional<Engine::Entry>>(&found);
    if (entry == nullptr || !*entry) {
      if (++waits == most_waits) return Failure{"NATS JetStream gives no more of the log", true};
      next_ = 0;
      continue;
    }
    if ((*entry)->sequence > expected) return Failure{"the log was shortened while it was read", true};
    if ((*entry)->sequence < expected) continue;
    if (auto failed = take(**entry)) return failed;
    next_ = ++expected;
  }
  return keep();
}

std::optional<Failure> LogCopy::take(Engine::Entry const& entry) {
  auto taken = assembler_.take(entry.bytes);
  if (auto* const failed = std::get_if<Failure>(&taken))
    return Failure{fmt::format("entry {} of the log {}", entry.sequence, failed->message)};
  if (auto* const group = std::get_if<Group>(&taken)) read_.push_back(std::move(*group));
  read_bytes_ += entry.bytes.size();
  if (!assembler_.within_group()) read_to_ = entry.sequence;
  return read_.size() < most_groups_at_once && read_bytes_ < most_bytes_at_once ? std::nullopt : keep();
}

std::optional<Failure> LogCopy::keep() {
  if (read_to_ == place_.sequence) return std::nullopt;
  place_.sequence = read_to_;
  auto failed = copy_.follow(read_, place_);
  read_.clear();
  read_bytes_ = 0;
  return failed;
}

void LogCopy::stop_reading() {
  next_ = 0;
  engine_.stop_reading();
}

}  // namespace torntape::store
