#include "router/store/nats.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace torntape::store {

namespace {

constexpr std::size_t most_entries_shortened = 256;  // at once
constexpr std::uint64_t most_bytes_shortened = std::uint64_t{4} << 20U;
constexpr int most_races = 20;  // with a switch that still commits
constexpr std::uint64_t times_when_idle = 2, times_in_any_case = 4;

// "relay1:4711/5f3a09c2": for people as far as the slant, and never the same twice.
std::string name_of_writer() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return fmt::format("{}:{}/{:08x}", host.data(), ::getpid(), std::random_device()());
}

std::string for_people(std::string const& writer) { return writer.substr(0, writer.find('/')); }

}  // namespace

NatsStore::Opened NatsStore::open(NatsOptions options) {
  auto connected = Engine::connect(options.address, fmt::format("torntape {}", options.address.log));
  if (auto* const failed = std::get_if<Failure>(&connected)) return std::move(*failed);
  auto& engine = std::get<std::unique_ptr<Engine>>(connected);
  if (auto failed = engine->prepare(options.replicas)) return *std::move(failed);
  LmdbOptions lmdb;
  lmdb.kind = LmdbOptions::Kind::of_log;
  auto copy = LmdbStore::open(options.directory, lmdb);
  if (auto* const failed = std::get_if<Failure>(&copy)) return std::move(*failed);
  auto outbox = open_outbox(options);
  if (auto* const failed = std::get_if<Failure>(&outbox)) return std::move(*failed);
  auto store = std::unique_ptr<NatsStore>(new NatsStore(
      std::move(options), std::move(engine), std::get<std::unique_ptr<LmdbStore>>(std::move(copy)),
      std::get<std::unique_ptr<Outbox>>(std::move(outbox))));
  if (store->outbox_)
    if (auto failed = store->load_waiting()) return *std::move(failed);
  store->step();
  store->keeper_ = std::thread([kept = store.get()] { kept->keep(); });
  return store;
}

NatsStore::NatsStore(NatsOptions options, std::unique_ptr<Engine> engine, std::unique_ptr<LmdbStore> copy,
                     std::unique_ptr<Outbox> outbox)
    : options_(std::move(options)),
      writer_(name_of_writer()),
      engine_(std::move(engine)),
      copy_(std::move(copy)),
      outbox_(std::move(outbox)),
      reader_(*engine_, *copy_) {
  standing_.trouble = "the log is not read yet";
}

NatsStore::~NatsStore() {
  {
    std::scoped_lock const lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  if (keeper_.joinable()) keeper_.join();
  if (is_owner() && engine_->connected()) static_cast<void>(engine_->claim("", revision_));
}

// --- The claim ----------------------------------------------------------------------------------------

void NatsStore::keep() {
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, options_.renewal, [this] { return stopping_; })) {
    lock.unlock();
    step();
    lock.lock();
  }
}

void NatsStore::step() {
  if (is_owner()) {
    renew();
    forget_safe();
  } else {
    watch();
  }
  std::scoped_lock const lock(mutex_);
  standing_.connected = engine_->connected();
  standing_.server = engine_->server();
}

void NatsStore::renew() {
  auto const renewed = engine_->claim(writer_, revision_);
  if (auto const* const revision = std::get_if<std::uint64_t>(&renewed)) {
    revision_ = *revision;
    missed_ = 0;
    return set_trouble("");
  }
  if (auto const* const failed = std::get_if<Failure>(&renewed)) {
    if (++missed_ == 1) missed_since_ = std::chrono::steady_clock::now();
    if (missed_ > 1 || !engine_->connected()) set_trouble(failed->message);
    if (std::chrono::steady_clock::now() - missed_since_ >= options_.patience) hold_from_now_on();
    return;
  }
  auto const found = engine_->claim();
  auto const* const claim = std::get_if<Engine::Claim>(&found);
  if (claim == nullptr || claim->revision <= revision_) return;  // a node that is behind tells of the past
  if (claim->writer == writer_)
    revision_ = claim->revision;  // it was renewed, and we were not told
  else
    step_down(fmt::format("{} has taken over", for_people(claim->writer)));
}

// Another switch commits, or nobody does.
void NatsStore::watch() {
  auto const found = engine_->claim();
  auto const* const claim = std::get_if<Engine::Claim>(&found);
  if (claim == nullptr) {
    seen_revision_ = 0;  // the time in which nobody could renew does not count
    return set_trouble(std::get<Failure>(found).message);
  }
  if (over(*claim)) {
    auto const claimed = engine_->claim(writer_, claim->revision);
    if (auto const* const failed = std::get_if<Failure>(&claimed)) return set_trouble(failed->message);
    auto const* const revision = std::get_if<std::uint64_t>(&claimed);
    if (revision == nullptr) return;
    revision_ = *revision;
    return take_over();
  }
  stop_holding();
  auto const log = reader_.catch_up();
  if (auto const* const failed = std::get_if<Failure>(&log)) return set_trouble(failed->message);
  set_trouble(fmt::format("this switch stands by: {} runs the relay {}", for_people(claim->writer),
                          options_.address.log));
  auto const place = copy_->place();
  std::scoped_lock const lock(mutex_);
  auto const& state = std::get<Engine::LogState>(log);
  standing_.behind = place ? state.last - std::min(state.last, place->sequence) : state.last;
  standing_.bytes = state.bytes;
}

bool NatsStore::over(Engine::Claim const& claim) {
  if (claim.writer.empty() || claim.writer == writer_) return true;
  auto const now = std::chrono::steady_clock::now();
  if (std::exchange(seen_revision_, claim.revision) != claim.revision) seen_at_ = now;
  return now - seen_at_ >= options_.lease;
}

// Once our beginning stands in the log, nothing that others still try to append gets in.
void NatsStore::take_over() {
  std::scoped_lock const writing(writing_);
  for (int race = 0; race != most_races; ++race) {
    if (auto const failed = settle_outbox()) return set_trouble(failed->message);
    auto const before = copy_->place();
    auto const found = reader_.catch_up();
    auto const* const log = std::get_if<Engine::LogState>(&found);
    if (log == nullptr) return set_trouble(std::get<Failure>(found).message);
    if (auto const failed = find_in_log(*log, before ? before->sequence : 0))
      return set_trouble(failed->message);
    auto const begun = engine_->append(begin_entry(writer_), log->last,
                                       fmt::format("{} begins {}", writer_, log->last), options_.patience);
    if (auto const* const failed = std::get_if<Failure>(&begun)) return set_trouble(failed->message);
    auto const* const sequence = std::get_if<std::uint64_t>(&begun);
    if (sequence == nullptr) continue;
    if (auto const failed = copy_->follow(std::span<Group const>(), Place{log->id, *sequence}))
      return set_trouble(failed->message);
    reader_.stop_reading();
    log_id_ = log->id;
    last_ = *sequence;
    if (auto const failed = send_waiting()) return set_trouble(failed->message);
    ++epoch_;
    std::scoped_lock const lock(mutex_);
    standing_.owner = true;
    standing_.holding = false;
    standing_.trouble.clear();
    standing_.behind = 0;
    standing_.bytes = log->bytes;
    ++standing_.takeovers;
    return;
  }
  set_trouble("another switch goes on committing");
}

void NatsStore::step_down(std::string why) {
  std::scoped_lock const lock(mutex_);
  standing_.owner = standing_.holding = false;
  standing_.trouble = std::move(why);
}

void NatsStore::set_trouble(std::string why) {
  std::scoped_lock const lock(mutex_);
  standing_.trouble = std::move(why);
}

bool NatsStore::is_owner() {
  std::scoped_lock const lock(mutex_);
  return standing_.owner;
}

bool NatsStore::takes() {
  std::scoped_lock const lock(mutex_);
  return standing_.owner || standing_.holding;
}

Failure NatsStore::not_now() {
  std::scoped_lock const lock(mutex_);
  return {standing_.trouble.empty() ? "the store is being taken over" : standing_.trouble, true};
}

std::optional<Standing> NatsStore::standing() {
  std::scoped_lock const lock(mutex_);
  return standing_;
}

// --- Writing ------------------------------------------------------------------------------------------

std::optional<Failure> NatsStore::commit(std::span<relay::Record const> records) {
  if (!takes()) return not_now();
  std::scoped_lock const writing(writing_);
  if (!takes() || replayed_epoch_ != epoch_) return not_now();
  if (records.empty()) return std::nullopt;
  return append(records, false);
}

std::optional<Failure> NatsStore::tell_again(std::span<relay::Record const> records) {
  std::scoped_lock const writing(writing_);
  if (!is_owner()) return not_now();
  return append(records, true);
}

// What the engine has acknowledged and the copy could not take is read from the log again.
std::optional<Failure> NatsStore::append(std::span<relay::Record const> group, bool told_again) {
  if (!is_owner()) return told_again ? std::optional(not_now()) : hold(group);
  auto const end = last_;
  auto bytes = encode(group, told_again);
  if (auto failed = write(bytes)) {
    if (outbox_ && !told_again && !failed->overtaken)
      return begin_to_hold(group, std::move(bytes), end, failed->why);
    step_down(failed->why.message);
    return std::move(failed->why);
  }
  auto failed = put_logged(std::move(bytes));
  if (!failed) failed = copy_->follow(group, told_again, Place{log_id_, last_});
  if (failed) step_down(failed->message);
  return failed;
}

std::optional<NatsStore::Unwritten> NatsStore::write(std::string_view bytes) {
  for (auto const& entry : entries_of(bytes, engine_->most_bytes())) {
    auto const id = fmt::format("{} {}", writer_, ++writes_);
    auto const written = engine_->append(entry, last_, id, options_.patience);
    if (std::holds_alternative<Engine::Conflict>(written))
      return Unwritten{{"another switch has taken over", true}, true};
    if (auto const* const failed = std::get_if<Failure>(&written)) return Unwritten{*failed};
    last_ = std::get<std::uint64_t>(written);
    std::scoped_lock const lock(mutex_);
    standing_.bytes += entry.size();
  }
  return std::nullopt;
}

std::optional<Failure> NatsStore::replay(std::function<void(relay::Record const&)> const& apply) {
  std::unique_lock const writing(writing_, std::try_to_lock);
  if (!writing || !takes()) return not_now();
  if (auto failed = copy_->replay(apply)) return failed;
  replay_held(apply);
  replayed_epoch_ = epoch_;
  return std::nullopt;
}

// --- Shortening the log -------------------------------------------------------------------------------

bool NatsStore::too_long(std::uint64_t times) {
  auto const now = standing();
  return now->owner && now->bytes > options_.slack &&
         now->bytes - options_.slack > times * copy_->bytes_kept();
}

bool NatsStore::index(std::size_t behind) {
  if (copy_->index(behind)) return true;
  return too_long(behind == 0 ? times_when_idle : times_in_any_case) && shorten();
}

// What the first entries hold that still matters is told again at the end; then they are dropped. False where
// nothing was done.
bool NatsStore::shorten() {
  std::scoped_lock const writing(writing_);
  auto const found = engine_->state();
  auto const* const log = std::get_if<Engine::LogState>(&found);
  if (log == nullptr || !is_owner()) return false;
  std::vector<relay::Record> again;
  Assembler assembler;
  std::uint64_t keep_from = log->first, bytes = 0;
  for (auto at = log->first;
       at <= last_ && (assembler.within_group() ||
                       (at - log->first < most_entries_shortened && bytes < most_bytes_shortened));
       ++at) {
    auto const entry = engine_->read(at);
    if (std::holds_alternative<Failure>(entry)) return false;
    bytes += std::get<Engine::Entry>(entry).bytes.size();
    auto const taken = assembler.take(std::get<Engine::Entry>(entry).bytes);
    if (std::holds_alternative<Failure>(taken)) return false;
    if (!assembler.within_group()) keep_from = at + 1;
    auto const* const group = std::get_if<Group>(&taken);
    for (std::size_t i = 0; group != nullptr && i != group->records.size(); ++i) {
      auto const* const accepted = std::get_if<relay::Accepted>(&group->records[i]);
      if (accepted == nullptr) continue;
      auto told = copy_->records_of(accepted->envelope.number);  // none where it is forgotten
      if (!told.empty()) std::get<relay::Accepted>(told.front()).message = accepted->message;
      std::ranges::move(told, std::back_inserter(again));
    }
  }
  if (keep_from == log->first) return false;
  auto channels = copy_->channels();
  std::ranges::move(channels, std::back_inserter(again));
  if (append(again, true) || engine_->drop_before(keep_from)) return false;
  auto const after = engine_->state();
  std::scoped_lock const lock(mutex_);
  if (auto const* const shorter = std::get_if<Engine::LogState>(&after)) standing_.bytes = shorter->bytes;
  return true;
}

// --- Reading ------------------------------------------------------------------------------------------

std::variant<Store::Stored, Store::Missing> NatsStore::message(relay::MessageNumber number) {
  {
    std::scoped_lock const lock(mutex_);
    if (auto const held = held_.find(number); held != held_.end())
      return Stored{held->second.envelope, std::string(held->second.message->bytes())};
  }
  return copy_->message(number);
}

Store::Settled NatsStore::settled_before(relay::Now time, relay::MessageNumber from, std::size_t most) {
  return copy_->settled_before(time, from, most);
}

Found NatsStore::search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) {
  return copy_->search(wanted, before, most);
}

}  // namespace torntape::store
