#include "router/relay/holdings.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

namespace torntape::relay {

using grammar::AddresseeKind;
using grammar::Precedence;

namespace {

constexpr std::array precedences{Precedence::emergency_command, Precedence::flash,   Precedence::immediate,
                                 Precedence::priority,          Precedence::routine, Precedence::none};

// A lane is rebuilt when so many more of its entries are skipped than wait.
constexpr std::size_t entries_worth_tidying = 1024;

constexpr std::size_t most_spare_queues = 64;

}  // namespace

Holdings::Slot::Slot(std::uint32_t queue, EnvelopeCopy const& copy)
    : bits_(queue | (copy.members ? 1U << 23U : 0U) | static_cast<std::uint32_t>(copy.precedence) << 24U |
            static_cast<std::uint32_t>(copy.kind) << 27U) {}

Precedence Holdings::Slot::precedence() const { return static_cast<Precedence>(bits_ >> 24U & 7U); }

AddresseeKind Holdings::Slot::kind() const { return static_cast<AddresseeKind>(bits_ >> 27U & 1U); }

CopyState Holdings::Slot::state() const { return static_cast<CopyState>(bits_ >> 28U & 3U); }

void Holdings::Slot::set(CopyState state) {
  bits_ = (bits_ & ~(3U << 28U)) | static_cast<std::uint32_t>(state) << 28U;
}

// Walks the waiting copies of the lanes of one precedence in order of acceptance.
class Holdings::Cursor {
 public:
  explicit Cursor(Holdings const& holdings) : holdings_(holdings) {}

  void add(Lane const* lane) {
    if (lane == nullptr) return;
    walks_[count_] = {lane->never_tried.begin(), lane->never_tried.end(), lane->given_back.begin(),
                      lane->given_back.end()};
    skip(walks_[count_++]);
  }

  [[nodiscard]] std::optional<Key> next() {
    Walk* first = nullptr;
    for (std::size_t i = 0; i < count_; ++i)
      if (walks_[i].any() && (first == nullptr || walks_[i].key() < first->key())) first = &walks_[i];
    if (first == nullptr) return std::nullopt;
    auto const key = first->key();
    first->pass();
    skip(*first);
    return key;
  }

 private:
  struct Walk {
    std::deque<Key>::const_iterator untried, untried_end;
    std::set<Key>::const_iterator back, back_end;

    [[nodiscard]] bool any() const { return untried != untried_end || back != back_end; }
    [[nodiscard]] bool at_back() const {
      return untried == untried_end || (back != back_end && *back < *untried);
    }
    [[nodiscard]] Key key() const { return at_back() ? *back : *untried; }
    void pass() {
      if (at_back())
        ++back;
      else
        ++untried;
    }
  };

  void skip(Walk& walk) const {
    while (walk.untried != walk.untried_end && !holdings_.waits_untried(*walk.untried)) ++walk.untried;
  }

  Holdings const& holdings_;
  std::array<Walk, 2> walks_{};
  std::size_t count_ = 0;
};

std::size_t Holdings::lane_index(Precedence precedence, AddresseeKind kind) {
  return static_cast<std::size_t>(precedence) * 2 + static_cast<std::size_t>(kind);
}

CopyId Holdings::id_of(Key key) { return {key >> 16U, static_cast<std::uint16_t>(key & 0xFFFFU)}; }

Holdings::Slot const* Holdings::slot(Key key) const {
  auto const id = id_of(key);
  auto const message = messages_.find(id.message);
  if (message == messages_.end() || id.copy >= message->second.count) return nullptr;
  return &message->second.slots[id.copy];
}

Holdings::Slot* Holdings::slot(Key key) { return const_cast<Slot*>(std::as_const(*this).slot(key)); }

Holdings::Queue const* Holdings::queue(std::string_view name) const {
  auto const found = queue_index_.find(name);
  return found == queue_index_.end() ? nullptr : queues_[found->second].get();
}

Holdings::Lane& Holdings::lane(Slot slot) {
  auto& lane = queues_[slot.queue()]->lanes[lane_index(slot.precedence(), slot.kind())];
  if (lane == nullptr) lane = std::make_unique<Lane>();
  return *lane;
}

bool Holdings::waits_untried(Key key) const {
  auto const* const found = slot(key);
  return found != nullptr && found->state() == CopyState::waiting && !found->tried();
}

void Holdings::admit(Envelope const& envelope) {
  assert(envelope.copies.size() <= most_copies);
  if (envelope.copies.empty() || holds(envelope.number)) return;
  auto const count = static_cast<std::uint16_t>(envelope.copies.size());
  constexpr std::uint32_t largest = (1U << 28U) - 1;
  constexpr std::uint64_t latest = (std::uint64_t{1} << 48U) - 1;
  Held made{
      .slots = std::make_unique<Slot[]>(count),
      .accepted_at = static_cast<std::uint64_t>(envelope.accepted_at.time_since_epoch().count()) & latest,
      .received_over = circuit_named(envelope.received_over) & 0xFFFFU,
      .size = std::min(envelope.size, largest) & largest,
      .suspected_duplicate = envelope.suspected_duplicate ? 1U : 0U,
      .classification = static_cast<std::uint32_t>(envelope.classification) & 7U,
      .count = count,
      .open = count};
  for (std::uint16_t i = 0; i < count; ++i) {
    auto const& copy = envelope.copies[i];
    made.slots[i] = Slot(queue_named(copy.queue), copy);
    enqueue(key_of({envelope.number, i}), made.slots[i]);
  }
  messages_.emplace(envelope.number, std::move(made));
}

void Holdings::enqueue(Key key, Slot slot) {
  auto& into = lane(slot);
  auto& entries = into.never_tried;
  ++into.waiting;
  if (entries.empty() || entries.back() < key)
    entries.push_back(key);
  else
    entries.insert(std::ranges::upper_bound(entries, key), key);
}

std::uint32_t Holdings::queue_named(std::string_view name) {
  if (auto const found = queue_index_.find(name); found != queue_index_.end()) return found->second;
  auto made = spare_queues_.empty() ? std::make_unique<Queue>() : std::move(spare_queues_.back());
  if (!spare_queues_.empty()) spare_queues_.pop_back();
  made->name = name;
  auto number = static_cast<std::uint32_t>(queues_.size());
  if (free_queues_.empty()) {
    assert(queues_.size() <= most_queues);
    queues_.emplace_back();
  } else {
    number = free_queues_.back();
    free_queues_.pop_back();
  }
  queue_index_.emplace(made->name, number);
  queues_[number] = std::move(made);
  return number;
}

// A handful of them, and they come one after the other.
std::uint64_t Holdings::circuit_named(std::string_view name) {
  auto const found = std::ranges::find(circuits_, name);
  auto const place = static_cast<std::uint64_t>(found - circuits_.begin());
  if (found == circuits_.end()) circuits_.emplace_back(name);
  return place;
}

void Holdings::drop_if_empty(std::uint32_t number) {
  auto const empty = [](auto const& lane) {
    return lane == nullptr || lane->waiting + lane->handed_out == 0;
  };
  if (!std::ranges::all_of(queues_[number]->lanes, empty)) return;
  queue_index_.erase(queues_[number]->name);
  if (spare_queues_.size() < most_spare_queues) spare_queues_.push_back(std::move(queues_[number]));
  queues_[number].reset();
  free_queues_.push_back(number);
}

std::optional<CopyState> Holdings::state(CopyId id) const {
  auto const* const found = slot(key_of(id));
  return found == nullptr ? std::nullopt : std::optional(found->state());
}

std::uint32_t Holdings::attempts(CopyId id) const {
  auto const found = attempts_.find(key_of(id));
  return found == attempts_.end() ? 0 : found->second;
}

bool Holdings::may_be_held(CopyId id) const {
  auto const* const found = slot(key_of(id));
  if (found == nullptr || found->state() == CopyState::settled) return false;
  return found->state() == CopyState::handed_out || (found->tried() && !found->came_back());
}

std::string_view Holdings::queue_of(CopyId id) const { return queues_[slot(key_of(id))->queue()]->name; }

std::uint32_t Holdings::size(CopyId id) const { return held(id).size; }

grammar::Precedence Holdings::precedence(CopyId id) const { return slot(key_of(id))->precedence(); }

grammar::AddresseeKind Holdings::kind(CopyId id) const { return slot(key_of(id))->kind(); }

bool Holdings::members(CopyId id) const { return slot(key_of(id))->members(); }

directory::Class Holdings::classification(CopyId id) const {
  return static_cast<directory::Class>(held(id).classification);
}

std::string_view Holdings::received_over(CopyId id) const { return circuits_[held(id).received_over]; }

Now Holdings::accepted_at(CopyId id) const {
  return Now(Duration(static_cast<Duration::rep>(held(id).accepted_at)));
}

std::optional<CopyId> Holdings::first(std::string_view name,
                                      std::function<bool(CopyId)> const& wanted) const {
  auto const* const of = queue(name);
  if (of == nullptr) return std::nullopt;
  for (auto const precedence : precedences) {
    Cursor cursor(*this);
    for (auto const kind : {AddresseeKind::action, AddresseeKind::info})
      cursor.add(of->lanes[lane_index(precedence, kind)].get());
    for (auto key = cursor.next(); key; key = cursor.next())
      if (wanted(id_of(*key))) return id_of(*key);
  }
  return std::nullopt;
}

std::vector<CopyId> Holdings::waiting_copies(std::string_view name) const {
  std::vector<CopyId> copies;
  auto const* const of = queue(name);
  if (of == nullptr) return copies;
  for (auto const key : next(*of, std::numeric_limits<std::size_t>::max(), {})) copies.push_back(id_of(key));
  return copies;
}

std::size_t Holdings::waiting(std::string_view name) const {
  std::size_t sum = 0;
  if (auto const* const of = queue(name))
    for (auto const& lane : of->lanes) sum += lane == nullptr ? 0 : lane->waiting;
  return sum;
}

std::vector<Holdings::Key> Holdings::next(Queue const& queue, std::size_t max, Kinds wanted) const {
  std::vector<Key> keys;
  for (auto const precedence : precedences) {
    if (precedence < wanted.least) break;
    Cursor cursor(*this);
    if (wanted.action) cursor.add(queue.lanes[lane_index(precedence, AddresseeKind::action)].get());
    if (wanted.info) cursor.add(queue.lanes[lane_index(precedence, AddresseeKind::info)].get());
    while (keys.size() < max) {
      auto const key = cursor.next();
      if (!key) break;
      keys.push_back(*key);
    }
  }
  return keys;
}

// As it would be handed out now, or, of a copy handed out, as it was.
HandedCopy Holdings::handed(Key key) const {
  auto const id = id_of(key);
  auto const& of = held(id);
  auto const copy = of.slots[id.copy];
  auto const attempt = attempts(id) + (copy.state() == CopyState::handed_out ? 0 : 1);
  return {id,
          {queues_[copy.queue()]->name, copy.kind(), copy.precedence()},
          accepted_at(id),
          attempt,
          attempt > 1 || of.suspected_duplicate != 0};
}

std::vector<HandedCopy> Holdings::peek(std::string_view name, std::size_t max, Kinds wanted) const {
  std::vector<HandedCopy> copies;
  auto const* const from = queue(name);
  if (from == nullptr) return copies;
  for (auto const key : next(*from, max, wanted)) copies.push_back(handed(key));
  return copies;
}

std::vector<HandedCopy> Holdings::take(std::string_view name, std::size_t max, Kinds wanted) {
  std::vector<HandedCopy> copies;
  auto const* const from = queue(name);
  if (from == nullptr) return copies;
  for (auto const key : next(*from, max, wanted)) {
    mark_handed_out(key);
    copies.push_back(handed(key));
  }
  for (auto const& lane : from->lanes)
    if (lane != nullptr) tidy(*lane);
  return copies;
}

void Holdings::hand_out(CopyId id) {
  auto const key = key_of(id);
  assert(slot(key)->state() == CopyState::waiting);
  mark_handed_out(key);
  tidy(lane(*slot(key)));
}

void Holdings::mark_handed_out(Key key) {
  auto& copy = *slot(key);
  auto& from = lane(copy);
  from.given_back.erase(key);
  --from.waiting;
  ++from.handed_out;
  copy.set(CopyState::handed_out);
  copy.set_tried();
  copy.set_came_back(false);
  ++attempts_[key];
}

void Holdings::give_back(CopyId id) {
  auto const key = key_of(id);
  auto& copy = *slot(key);
  assert(copy.state() == CopyState::handed_out);
  auto& to = lane(copy);
  --to.handed_out;
  ++to.waiting;
  to.given_back.insert(key);
  copy.set(CopyState::waiting);
  copy.set_came_back(true);
}

void Holdings::move(CopyId id, EnvelopeCopy const& as) {
  auto const key = key_of(id);
  auto& copy = *slot(key);
  assert(copy.state() == CopyState::waiting);
  auto& from = lane(copy);
  --from.waiting;
  from.given_back.erase(key);
  if (auto const at = std::ranges::lower_bound(from.never_tried, key);
      at != from.never_tried.end() && *at == key)
    from.never_tried.erase(at);
  tidy(from);
  auto const left = copy.queue();
  Slot moved(queue_named(as.queue), as);
  if (copy.tried()) moved.set_tried();
  moved.set_came_back(copy.came_back());
  copy = moved;
  if (!moved.tried()) {
    enqueue(key, moved);
  } else {
    auto& to = lane(moved);
    ++to.waiting;
    to.given_back.insert(key);
  }
  drop_if_empty(left);
}

CopyId Holdings::append(MessageNumber message, EnvelopeCopy const& copy) {
  auto& to = messages_.find(message)->second;
  assert(to.count < most_copies);
  auto slots = std::make_unique<Slot[]>(to.count + 1U);
  std::copy_n(to.slots.get(), to.count, slots.get());
  CopyId const id{message, to.count};
  slots[to.count] = Slot(queue_named(copy.queue), copy);
  to.slots = std::move(slots);
  ++to.count;
  ++to.open;
  enqueue(key_of(id), to.slots[id.copy]);
  return id;
}

void Holdings::settle(CopyId id) {
  auto const key = key_of(id);
  auto& copy = *slot(key);
  assert(copy.state() != CopyState::settled);
  auto& from = lane(copy);
  --(copy.state() == CopyState::waiting ? from.waiting : from.handed_out);
  from.given_back.erase(key);
  attempts_.erase(key);
  copy.set(CopyState::settled);
  tidy(from);
  drop_if_empty(copy.queue());
  auto const message = messages_.find(id.message);
  if (--message->second.open == 0) messages_.erase(message);
}

void Holdings::note_attempt(CopyId id, std::uint32_t attempt) {
  auto const key = key_of(id);
  auto* const copy = slot(key);
  if (copy == nullptr || copy->state() == CopyState::settled) return;
  auto& known = attempts_[key];
  known = std::max(known, attempt);
  if (copy->tried()) return;
  copy->set_tried();
  auto& in = lane(*copy);
  in.given_back.insert(key);
  tidy(in);
}

void Holdings::tidy(Lane& lane) const {
  auto& entries = lane.never_tried;
  while (!entries.empty() && !waits_untried(entries.front())) entries.pop_front();
  auto const waiting_untried = lane.waiting - lane.given_back.size();
  if (entries.size() > 2 * waiting_untried + entries_worth_tidying)
    std::erase_if(entries, [this](Key key) { return !waits_untried(key); });
}

std::vector<std::string_view> Holdings::queue_names() const {
  std::vector<std::string_view> names;
  names.reserve(queue_index_.size());
  for (auto const& [name, number] : queue_index_) names.push_back(name);
  return names;
}

QueueDepth Holdings::depth(std::string_view name) const {
  QueueDepth depth{std::string(name), {}, std::nullopt};
  auto const* const of = queue(name);
  if (of == nullptr) return depth;
  for (auto const precedence : precedences) {
    for (auto const kind : {AddresseeKind::action, AddresseeKind::info}) {
      auto const* const lane = of->lanes[lane_index(precedence, kind)].get();
      if (lane == nullptr || lane->waiting + lane->handed_out == 0) continue;
      depth.lanes.push_back({kind, precedence, lane->waiting, lane->handed_out});
      Cursor cursor(*this);
      cursor.add(lane);
      if (auto const first = cursor.next()) {
        auto const since = accepted_at(id_of(*first));
        depth.oldest = std::min(depth.oldest.value_or(since), since);
      }
    }
  }
  return depth;
}

}  // namespace torntape::relay
