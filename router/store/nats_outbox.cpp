// The outbox of a switch on NATS (store/outbox.hpp): what it holds while the engine is away, and how the log
// gets what it does not have.
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "router/store/group.hpp"
#include "router/store/nats.hpp"

namespace torntape::store {

namespace {

using State = Outbox::State;

constexpr std::size_t most_entries_compared = 4'096;

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// What promises nothing to the world but that a message is kept. A copy that was handed out, or a channel
// number that was spent, another switch must know of before it goes on.
bool only_filings(std::span<relay::Record const> group) {
  return std::ranges::all_of(group, [](relay::Record const& record) {
    return std::holds_alternative<relay::Accepted>(record) ||
           std::holds_alternative<relay::Refiled>(record) || std::holds_alternative<relay::Moved>(record);
  });
}

std::vector<relay::Accepted const*> accepted_in(std::span<relay::Record const> group) {
  std::vector<relay::Accepted const*> found;
  for (auto const& record : group)
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record); accepted && accepted->message)
      found.push_back(accepted);
  return found;
}

// As it stands in the log, or would.
bool same(Group const& group, std::string const& bytes) {
  return encode(group.records, group.told_again) == bytes;
}

}  // namespace

std::variant<std::unique_ptr<Outbox>, Failure> NatsStore::open_outbox(NatsOptions const& options) {
  auto const directory = options.directory / "outbox";
  std::error_code error;
  if (!options.outbox && !std::filesystem::exists(directory / "data.mdb", error))
    return std::unique_ptr<Outbox>();
  auto opened = Outbox::open(directory);
  auto* const outbox = std::get_if<std::unique_ptr<Outbox>>(&opened);
  if (outbox == nullptr || options.outbox) return opened;
  auto const waiting = (*outbox)->rows(UINT64_MAX);
  if (auto const* const failed = std::get_if<Failure>(&waiting)) return *failed;
  if (!std::get<std::vector<Outbox::Row>>(waiting).empty())
    return Failure{
        fmt::format("{} has messages that were accepted and are not in NATS: --store-sync outbox "
                    "brings them there",
                    directory.string())};
  return std::unique_ptr<Outbox>();
}

// --- While the engine is away ---------------------------------------------------------------------------

// The group that the engine did not answer for may be in its log: so it stays the first, whatever it holds.
// From here on the relay begins anew: whoever collects, and every circuit, is sent away.
std::optional<Failure> NatsStore::begin_to_hold(std::span<relay::Record const> group, std::string bytes,
                                                std::uint64_t end, Failure const& why) {
  last_ = end;
  if (auto failed = put_held(group, {0, State::held, end, now(), std::move(bytes)})) {
    step_down(failed->message);
    return failed;
  }
  ++epoch_;
  std::scoped_lock const lock(mutex_);
  standing_.owner = false;
  standing_.holding = true;
  standing_.trouble = why.message;
  return only_filings(group) ? std::nullopt : std::optional(why);
}

std::optional<Failure> NatsStore::hold(std::span<relay::Record const> group) {
  auto why = not_now();
  if (!only_filings(group)) return Failure{"only filings are taken while NATS is away: " + why.message, true};
  {
    std::scoped_lock const lock(mutex_);
    if (!standing_.holding) return why;
    if (standing_.full) return Failure{"the outbox is full, and NATS is away: " + why.message, true};
  }
  return put_held(group, {0, State::held, last_, now(), encode(group)});
}

std::optional<Failure> NatsStore::put_held(std::span<relay::Record const> group, Outbox::Row row) {
  if (auto failed = outbox_->keep(row)) return failed;
  bytes_waiting_ += row.group.size();
  waiting_.push_back(std::move(row));
  {
    std::scoped_lock const lock(mutex_);
    for (auto const* const accepted : accepted_in(group)) held_.emplace(accepted->envelope.number, *accepted);
  }
  count_held();
  return std::nullopt;
}

void NatsStore::count_held() {
  std::scoped_lock const lock(mutex_);
  standing_.held = held_.size() + astray_;
  standing_.full = standing_.held >= options_.most_held || bytes_waiting_ >= options_.most_bytes_held;
}

std::optional<Failure> NatsStore::load_waiting() {
  auto rows = outbox_->rows(UINT64_MAX);
  if (auto* const failed = std::get_if<Failure>(&rows)) return std::move(*failed);
  waiting_ = std::get<std::vector<Outbox::Row>>(std::move(rows));
  astray_ = bytes_waiting_ = 0;
  {
    std::scoped_lock const lock(mutex_);
    held_.clear();
    for (auto const& row : waiting_) {
      bytes_waiting_ += row.group.size();
      auto const group = decode_group(row.group);
      if (!group) return Failure{fmt::format("the outbox is damaged: row {}", row.key)};
      for (auto const* const accepted : accepted_in(group->records))
        if (row.state == State::held)
          held_.emplace(accepted->envelope.number, *accepted);
        else if (row.state == State::astray)
          ++astray_;
    }
  }
  count_held();
  return std::nullopt;
}

void NatsStore::replay_held(std::function<void(relay::Record const&)> const& apply) {
  for (auto const& row : waiting_) {
    if (row.state != State::held) continue;
    auto const group = decode_group(row.group);
    for (std::size_t i = 0; group && i != group->records.size(); ++i) apply(group->records[i]);
  }
}

// There is nothing to commit by which it would be known. A commit under way comes to it by itself.
void NatsStore::hold_from_now_on() {
  std::unique_lock const writing(writing_, std::try_to_lock);
  if (!outbox_ || !writing) return;
  ++epoch_;
  std::scoped_lock const lock(mutex_);
  standing_.owner = false;
  standing_.holding = true;
}

// Another switch runs the relay. What is held is filed again when this one runs it.
void NatsStore::stop_holding() {
  std::scoped_lock const lock(mutex_);
  standing_.holding = false;
}

// --- What the log has acknowledged ----------------------------------------------------------------------

std::optional<Failure> NatsStore::put_logged(std::string bytes) {
  if (!outbox_) return std::nullopt;
  Outbox::Row row{0, State::logged, last_, now(), std::move(bytes)};
  return outbox_->keep(row);
}

void NatsStore::forget_safe() {
  if (outbox_) static_cast<void>(outbox_->forget_logged(now() - options_.keep_logged.count()));
}

// --- When it is back --------------------------------------------------------------------------------------

// Before the log is read: what it had and has no longer is to be appended again; where another switch has
// written in its place, the working copy is made anew, and the messages are filed again.
std::optional<Failure> NatsStore::settle_outbox() {
  if (!outbox_) return std::nullopt;
  auto const found = engine_->state();
  auto const* const log = std::get_if<Engine::LogState>(&found);
  if (log == nullptr) return std::get<Failure>(found);
  auto const place = copy_->place();
  if (place && place->log == log->id) {
    bool another = false;
    if (auto failed = compare_last(*log, another)) return failed;
    if (another) {
      if (auto failed = copy_->clear()) return failed;
    } else if (place->sequence > log->last && outbox_->complete_from() <= log->last) {
      if (auto failed = take_back_lost(*log)) return failed;
    }
  }
  return load_waiting();
}

// Whether the log still has what it acknowledged last, as far as it goes.
std::optional<Failure> NatsStore::compare_last(Engine::LogState const& log, bool& another) {
  for (auto row = outbox_->last_logged(log.last); row && row->sequence >= log.first;
       row = outbox_->last_logged(log.last)) {
    auto const entry = engine_->read(row->sequence);
    if (auto const* const failed = std::get_if<Failure>(&entry)) return *failed;
    Assembler assembler;
    auto const taken = assembler.take(std::get<Engine::Entry>(entry).bytes);
    auto const* const group = std::get_if<Group>(&taken);
    bool const in_parts = row->group.size() > engine_->most_bytes();
    if (in_parts || (group != nullptr && same(*group, row->group))) return std::nullopt;
    another = true;
    if (auto failed = change_logged(row->sequence - 1, State::astray, 0)) return failed;
  }
  return std::nullopt;
}

// All that is logged behind an entry.
std::optional<Failure> NatsStore::change_logged(std::uint64_t behind, State to, std::uint64_t sequence) {
  auto found = outbox_->rows(behind);
  if (auto* const failed = std::get_if<Failure>(&found)) return std::move(*failed);
  auto& rows = std::get<std::vector<Outbox::Row>>(found);
  std::erase_if(rows, [](Outbox::Row const& row) { return row.state != State::logged; });
  for (auto& row : rows) {
    row.state = to;
    row.sequence = sequence;
  }
  return outbox_->keep(rows);
}

std::optional<Failure> NatsStore::take_back_lost(Engine::LogState const& log) {
  if (auto failed = change_logged(log.last, State::lost, log.last)) return failed;
  return copy_->follow(std::span<Group const>(), Place{log.id, log.last});
}

// The log was read to its end. Of what waits, some may have got there, though nobody told us; behind what
// another switch has written, the rest comes too late.
std::optional<Failure> NatsStore::find_in_log(Engine::LogState const& log, std::uint64_t read_from) {
  if (!outbox_) return std::nullopt;
  if (log.last > read_from || outbox_->complete_from() == UINT64_MAX)
    if (auto failed = outbox_->begin_at(log.last)) return failed;
  auto next = std::ranges::find_if(waiting_, [](auto const& row) { return row.state != State::astray; });
  if (next == waiting_.end()) return std::nullopt;
  auto const from = next->sequence + 1;
  auto logged = outbox_->rows(next->sequence);
  if (auto* const failed = std::get_if<Failure>(&logged)) return std::move(*failed);
  std::set<std::uint64_t> ours;
  for (auto const& row : std::get<std::vector<Outbox::Row>>(logged))
    if (row.state == State::logged) ours.insert(row.sequence);
  bool overtaken = from < log.first || log.last >= from + most_entries_compared;
  Assembler assembler;
  for (auto at = from; at <= log.last && next != waiting_.end() && !overtaken; ++at) {
    auto const entry = engine_->read(at);
    if (auto const* const failed = std::get_if<Failure>(&entry)) return *failed;
    auto const taken = assembler.take(std::get<Engine::Entry>(entry).bytes);
    auto const* const group = std::get_if<Group>(&taken);
    if (group == nullptr || ours.contains(at)) continue;
    overtaken = !same(*group, next->group);
    if (overtaken) break;
    next->state = State::logged;
    next->sequence = at;
    ++next;
  }
  for (; overtaken && next != waiting_.end(); ++next) next->state = State::astray;
  if (auto failed = outbox_->keep(waiting_)) return failed;
  return load_waiting();
}

// We hold the log: in it goes what waits, in order. Under the condition that nobody else appends, and found
// there after a crash: so it is there once.
std::optional<Failure> NatsStore::send_waiting() {
  if (!outbox_) return std::nullopt;
  for (auto& row : waiting_) {
    if (row.state != State::held && row.state != State::lost) continue;
    auto const group = decode_group(row.group);
    if (!group) return Failure{fmt::format("the outbox is damaged: row {}", row.key)};
    if (auto const failed = write(row.group)) return failed->why;
    bool const fresh = row.state == State::held;
    row.state = State::logged;
    row.sequence = last_;
    if (auto failed = outbox_->keep(row)) return failed;
    auto const records = fresh ? std::span(group->records) : std::span<relay::Record const>();
    if (auto failed = copy_->follow(records, group->told_again, Place{log_id_, last_})) return failed;
  }
  return load_waiting();
}

// --- What came too late -----------------------------------------------------------------------------------

std::vector<Astray> NatsStore::astray() {
  std::vector<Astray> found;
  std::scoped_lock const writing(writing_);
  for (auto const& row : waiting_) {
    auto const group = row.state == State::astray ? decode_group(row.group) : std::nullopt;
    if (!group) continue;
    for (auto const* const accepted : accepted_in(group->records))
      found.push_back({accepted->envelope.number, accepted->message});
  }
  return found;
}

void NatsStore::filed_again() {
  std::scoped_lock const writing(writing_);
  if (outbox_ && !outbox_->forget_astray()) static_cast<void>(load_waiting());
}

}  // namespace torntape::store
