#include "router/relay/relay.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "router/relay/distribution.hpp"
#include "router/relay/filings.hpp"
#include "router/relay/identity.hpp"
#include "router/relay/leases.hpp"
#include "router/relay/questions.hpp"

namespace torntape::relay {

namespace {

constexpr Duration shortest_lease{1};

using Queues = std::set<std::string, std::less<>>;

directory::Directory const* directory_of(std::shared_ptr<network::Routes const> const& routes) {
  return routes == nullptr ? nullptr : &routes->directory();
}

std::string queue_full(std::size_t limit, std::string_view what) {
  return fmt::format("no room: the limit of {} {} is reached", limit, what);
}

}  // namespace

class Relay::State {
 public:
  State(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits)
      : routes_(std::move(routes)), here_(std::move(here)), limits_(limits) {
    limits_.queues = std::min(limits_.queues, most_queues);
  }

  void replay(Accepted const& accepted) { accept(accepted.envelope); }
  void replay(Handed const& handed) { holdings_.note_attempt(handed.copy, handed.attempt); }
  void replay(Settled const& settled) {
    if (open(settled.copy)) holdings_.settle(settled.copy);
  }
  void replay(Refiled const&) {}

  void on(Filed const& filed, Now now, Outcome& outcome);
  void on(Asked const& asked, Now now, Outcome& outcome);
  void on(Acknowledged const& acknowledged, Now now, Outcome& outcome);
  void on(Released const& released, Now now, Outcome& outcome);
  void on(ReaderGone const& gone, Now now, Outcome& outcome);
  void on(Tick const& tick, Now now, Outcome& outcome);

  [[nodiscard]] std::optional<Now> wake_at() const;
  [[nodiscard]] std::vector<QueueDepth> queues() const;
  [[nodiscard]] std::optional<QueueDepth> queue(std::string_view name) const;
  [[nodiscard]] CopyStatus status(CopyId id, EnvelopeCopy const& copy) const;
  [[nodiscard]] Holdings const& holdings() const { return holdings_; }

 private:
  // Filing.
  [[nodiscard]] bool answered_as_repeated(Filed const& filed, Outcome& outcome) const;
  [[nodiscard]] Distribution distribution_of(grammar::Message const& message) const;
  [[nodiscard]] std::optional<std::string> unroutable(Distribution const& distribution) const;
  [[nodiscard]] std::string behind(Called const& called) const;
  [[nodiscard]] std::optional<std::string> no_room(std::vector<Called> const& local) const;
  [[nodiscard]] Envelope envelope_of(Filed const& filed, std::vector<Called> const& local, Now now) const;
  [[nodiscard]] Accept accept_of(Ticket ticket, Envelope const& envelope) const;
  void accept(Envelope const& envelope);

  // Handing out.
  [[nodiscard]] bool known_queue(std::string_view name) const;
  [[nodiscard]] bool station_here(std::string_view name) const;
  [[nodiscard]] bool handed_any(Asked const& asked, Now now, Outcome& outcome);
  void serve(std::string_view queue, Now now, Outcome& outcome);
  void serve(Queues const& queues, Now now, Outcome& outcome);

  // Copies.
  [[nodiscard]] bool open(CopyId id) const;
  [[nodiscard]] bool known(CopyId id) const;
  [[nodiscard]] std::optional<Refuse> unknown_among(Ticket ticket, std::vector<CopyId> const& copies) const;
  [[nodiscard]] std::string why_not_held(CopyId id) const;
  [[nodiscard]] Queues give_back(std::vector<CopyId> const& copies);
  void count_handed_out(QueueDepth& depth, CopyId id) const;

  std::shared_ptr<network::Routes const> routes_;  // null of an open switch
  std::string here_;
  Limits limits_;
  MessageNumber next_ = 1;
  Holdings holdings_;
  Filings filings_;
  Leases leases_;
  Questions questions_;
};

// --- Filing -------------------------------------------------------------------------------------------

void Relay::State::on(Filed const& filed, Now now, Outcome& outcome) {
  if (answered_as_repeated(filed, outcome)) return;
  auto const distribution = distribution_of(filed.message->message());
  if (auto reason = unroutable(distribution)) {
    outcome.then.emplace_back(Refuse{filed.ticket, Refused::unroutable, std::move(*reason)});
    return;
  }
  if (auto reason = no_room(distribution.local)) {
    outcome.then.emplace_back(Refuse{filed.ticket, Refused::full, std::move(*reason)});
    return;
  }
  auto envelope = envelope_of(filed, distribution.local, now);
  outcome.then.emplace_back(accept_of(filed.ticket, envelope));
  accept(envelope);
  outcome.commit.emplace_back(Accepted{std::move(envelope), filed.message});
  for (auto const& called : distribution.local) serve(called.indicator, now, outcome);
}

// The same bytes again make no new copies; but they may be all that is left of a text that was damaged on
// disk.
bool Relay::State::answered_as_repeated(Filed const& filed, Outcome& outcome) const {
  auto const first = filings_.of(filed.digest);
  if (!first) return false;
  outcome.then.emplace_back(
      Accept{filed.ticket, first->number, first->action_copies, first->info_copies, true, {}});
  outcome.commit.emplace_back(Refiled{first->number, filed.message});
  return true;
}

Distribution Relay::State::distribution_of(grammar::Message const& message) const {
  auto set = filed_set(message, directory_of(routes_), here_);
  if (routes_ != nullptr) return distribute(set, message, *routes_, here_);
  Distribution all_here;
  all_here.local = std::move(set);
  return all_here;
}

// A message goes to all it is to go to, or is refused with every reason (RT-04, RT-50).
std::optional<std::string> Relay::State::unroutable(Distribution const& distribution) const {
  std::vector<std::string> reasons;
  reasons.reserve(distribution.intercepted.size());
  for (auto const& intercepted : distribution.intercepted) reasons.push_back(intercepted.reason);
  for (auto const& leg : distribution.legs)
    for (auto const& called : leg.called) reasons.push_back(behind(called));
  if (distribution.local.empty() && reasons.empty()) reasons.emplace_back("no addressee to deliver to");
  if (reasons.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(reasons, "; "));
}

std::string Relay::State::behind(Called const& called) const {
  auto const& directory = routes_->directory();
  if (auto const* const collective = directory.collective(called.indicator))
    return fmt::format("collective {} is expanded by relay {}; circuits are not open", called.indicator,
                       collective->owner);
  return fmt::format("station {} is behind relay {}; circuits are not open", called.indicator,
                     directory.serving_relay(called.indicator)->indicator);
}

std::optional<std::string> Relay::State::no_room(std::vector<Called> const& local) const {
  if (local.size() > most_copies) return queue_full(most_copies, "copies of one message");
  if (holdings_.messages() >= limits_.messages) return queue_full(limits_.messages, "messages");
  auto const is_new = [this](Called const& called) { return !holdings_.has_queue(called.indicator); };
  auto const new_queues = static_cast<std::size_t>(std::ranges::count_if(local, is_new));
  if (holdings_.queues() + new_queues > limits_.queues) return queue_full(limits_.queues, "queues");
  return std::nullopt;
}

Envelope Relay::State::envelope_of(Filed const& filed, std::vector<Called> const& local, Now now) const {
  auto const& message = filed.message->message();
  Envelope envelope{next_, now, filed.digest, identity(message), suspected_duplicate(message), {}};
  envelope.copies.reserve(local.size());
  for (auto const& called : local)
    envelope.copies.push_back({called.indicator, called.kind, called.precedence});
  return envelope;
}

Accept Relay::State::accept_of(Ticket ticket, Envelope const& envelope) const {
  Accept accept{ticket, envelope.number, 0, 0, false, {}};
  for (auto const& copy : envelope.copies)
    ++(copy.kind == grammar::AddresseeKind::action ? accept.action_copies : accept.info_copies);
  if (auto const earlier = filings_.of(envelope.identity); !envelope.identity.empty() && earlier)
    accept.notes.push_back(
        fmt::format("message {} has the same identity, {}, and other text", *earlier, envelope.identity));
  return accept;
}

void Relay::State::accept(Envelope const& envelope) {
  next_ = std::max(next_, envelope.number + 1);
  filings_.add(envelope);
  holdings_.admit(envelope);
}

// --- Handing out --------------------------------------------------------------------------------------

bool Relay::State::station_here(std::string_view name) const {
  if (routes_ == nullptr) return false;
  auto const* const station = routes_->directory().station(name);
  return station != nullptr && station->relay == here_;
}

bool Relay::State::known_queue(std::string_view name) const {
  return holdings_.has_queue(name) || station_here(name);
}

void Relay::State::on(Asked const& asked, Now now, Outcome& outcome) {
  if (routes_ != nullptr && !known_queue(asked.queue)) {
    outcome.then.emplace_back(
        Refuse{asked.ticket, Refused::not_found, fmt::format("{} has no queue {}", here_, asked.queue)});
    return;
  }
  if (handed_any(asked, now, outcome)) return;
  auto const can_come = asked.max > 0 && (asked.action || asked.info);
  if (asked.wait <= Duration::zero() || !can_come)
    outcome.then.emplace_back(Hand{asked.ticket, asked.reader, {}});
  else if (questions_.size() >= limits_.questions)
    outcome.then.emplace_back(
        Refuse{asked.ticket, Refused::full, queue_full(limits_.questions, "waiting questions")});
  else
    questions_.keep(asked, now + std::min(asked.wait, limits_.wait));
}

bool Relay::State::handed_any(Asked const& asked, Now now, Outcome& outcome) {
  auto const max = std::min<std::size_t>(asked.max, limits_.copies_handed);
  auto copies = holdings_.take(asked.queue, max, {asked.action, asked.info});
  if (copies.empty()) return false;
  auto const lease = std::clamp(asked.lease, shortest_lease, std::max(shortest_lease, limits_.lease));
  leases_.grant(asked.reader, now + lease, copies);
  for (auto const& copy : copies) outcome.commit.emplace_back(Handed{copy.id, copy.attempt});
  outcome.then.emplace_back(Hand{asked.ticket, asked.reader, std::move(copies)});
  return true;
}

// Who asked first is answered first.
void Relay::State::serve(std::string_view queue, Now now, Outcome& outcome) {
  if (!questions_.any(queue)) return;
  for (auto const question : questions_.of(queue))
    if (handed_any(questions_.at(question), now, outcome)) questions_.drop(question);
}

void Relay::State::serve(Queues const& queues, Now now, Outcome& outcome) {
  for (auto const& queue : queues) serve(queue, now, outcome);
}

// --- Copies -------------------------------------------------------------------------------------------

bool Relay::State::open(CopyId id) const {
  auto const state = holdings_.state(id);
  return state && *state != CopyState::settled;
}

// A message that is held no longer is settled.
bool Relay::State::known(CopyId id) const {
  if (holdings_.holds(id.message)) return holdings_.state(id).has_value();
  return id.message > 0 && id.message < next_;
}

std::optional<Refuse> Relay::State::unknown_among(Ticket ticket, std::vector<CopyId> const& copies) const {
  auto const unknown = std::ranges::find_if(copies, [this](CopyId id) { return !known(id); });
  if (unknown == copies.end()) return std::nullopt;
  return Refuse{ticket, Refused::not_found, fmt::format("there is no copy {}", to_string(*unknown))};
}

// Of a copy that no reader can hold.
std::string Relay::State::why_not_held(CopyId id) const {
  if (!open(id)) return fmt::format("copy {} is acknowledged already", to_string(id));
  if (holdings_.attempts(id) == 0) return fmt::format("copy {} was never handed out", to_string(id));
  return fmt::format("copy {} is handed out no longer: it was released, or its lease has ended",
                     to_string(id));
}

// Only what a reader may hold can be acknowledged; what is acknowledged already stays so.
void Relay::State::on(Acknowledged const& acknowledged, Now, Outcome& outcome) {
  if (auto refuse = unknown_among(acknowledged.ticket, acknowledged.copies)) {
    outcome.then.emplace_back(std::move(*refuse));
    return;
  }
  auto const astray = [this](CopyId id) { return open(id) && !holdings_.may_be_held(id); };
  if (auto const found = std::ranges::find_if(acknowledged.copies, astray);
      found != acknowledged.copies.end()) {
    outcome.then.emplace_back(Refuse{acknowledged.ticket, Refused::not_handed_out, why_not_held(*found)});
    return;
  }
  for (auto const id : acknowledged.copies) {
    if (!open(id)) continue;
    leases_.end(id);
    holdings_.settle(id);
    outcome.commit.emplace_back(Settled{id});
  }
  outcome.then.emplace_back(Done{acknowledged.ticket});
}

void Relay::State::on(Released const& released, Now now, Outcome& outcome) {
  if (auto refuse = unknown_among(released.ticket, released.copies)) {
    outcome.then.emplace_back(std::move(*refuse));
    return;
  }
  auto const astray = [this](CopyId id) { return !holdings_.may_be_held(id); };
  if (auto const found = std::ranges::find_if(released.copies, astray); found != released.copies.end()) {
    outcome.then.emplace_back(Refuse{released.ticket, Refused::not_handed_out, why_not_held(*found)});
    return;
  }
  for (auto const id : released.copies) leases_.end(id);
  auto const queues = give_back(released.copies);
  outcome.then.emplace_back(Done{released.ticket});
  serve(queues, now, outcome);
}

// Those handed out; those of before the restart wait already.
Queues Relay::State::give_back(std::vector<CopyId> const& copies) {
  Queues queues;
  for (auto const id : copies) {
    if (holdings_.state(id) != CopyState::handed_out) continue;
    holdings_.give_back(id);
    queues.emplace(holdings_.queue_of(id));
  }
  return queues;
}

void Relay::State::on(ReaderGone const& gone, Now now, Outcome& outcome) {
  questions_.drop_of_reader(gone.reader);
  serve(give_back(leases_.end_of_reader(gone.reader)), now, outcome);
}

// A copy that comes back at the very end of a wait still answers it.
void Relay::State::on(Tick const&, Now now, Outcome& outcome) {
  serve(give_back(leases_.end_over(now)), now, outcome);
  for (auto const& asked : questions_.take_over(now))
    outcome.then.emplace_back(Hand{asked.ticket, asked.reader, {}});
}

// --- Looks --------------------------------------------------------------------------------------------

std::optional<Now> Relay::State::wake_at() const {
  auto const lease = leases_.first_end(), question = questions_.first_end();
  if (lease && question) return std::min(*lease, *question);
  return lease ? lease : question;
}

void Relay::State::count_handed_out(QueueDepth& depth, CopyId id) const {
  auto const since = holdings_.accepted_at(id);
  depth.oldest = std::min(depth.oldest.value_or(since), since);
}

std::vector<QueueDepth> Relay::State::queues() const {
  std::map<std::string_view, QueueDepth> by_name;
  for (auto const name : holdings_.queue_names()) by_name.emplace(name, holdings_.depth(name));
  leases_.for_each_copy([&](CopyId id) { count_handed_out(by_name.at(holdings_.queue_of(id)), id); });
  if (auto const* const directory = directory_of(routes_))
    for (auto const& station : directory->network().stations)
      if (station.relay == here_)
        by_name.try_emplace(station.indicator, QueueDepth{station.indicator, {}, {}});
  std::vector<QueueDepth> depths;
  depths.reserve(by_name.size());
  for (auto& [name, depth] : by_name) depths.push_back(std::move(depth));
  return depths;
}

std::optional<QueueDepth> Relay::State::queue(std::string_view name) const {
  if (!known_queue(name)) return std::nullopt;
  auto depth = holdings_.depth(name);
  leases_.for_each_copy([&](CopyId id) {
    if (holdings_.queue_of(id) == name) count_handed_out(depth, id);
  });
  return depth;
}

CopyStatus Relay::State::status(CopyId id, EnvelopeCopy const& copy) const {
  return {id, copy, holdings_.attempts(id), holdings_.state(id).value_or(CopyState::settled)};
}

// --- Relay --------------------------------------------------------------------------------------------

Relay::Relay(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits)
    : state_(std::make_unique<State>(std::move(routes), std::move(here), limits)) {}
Relay::Relay(Relay&&) noexcept = default;
Relay& Relay::operator=(Relay&&) noexcept = default;
Relay::~Relay() = default;

void Relay::apply(Record const& record) {
  std::visit([this](auto const& what) { state_->replay(what); }, record);
}

void Relay::handle(Event const& event, Now now, Outcome& outcome) {
  std::visit([&](auto const& what) { state_->on(what, now, outcome); }, event);
}

std::optional<Now> Relay::wake_at() const { return state_->wake_at(); }

std::vector<QueueDepth> Relay::queues() const { return state_->queues(); }

std::optional<QueueDepth> Relay::queue(std::string_view name) const { return state_->queue(name); }

std::vector<HandedCopy> Relay::peek(std::string_view queue, std::size_t max, bool action, bool info) const {
  return state_->holdings().peek(queue, max, {action, info});
}

CopyStatus Relay::status(CopyId id, EnvelopeCopy const& copy) const { return state_->status(id, copy); }

std::size_t Relay::messages() const { return state_->holdings().messages(); }

}  // namespace torntape::relay
