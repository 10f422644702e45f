// What readers ask for, acknowledge and give back.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/relay/state.hpp"

namespace torntape::relay {

namespace {

constexpr Duration shortest_lease{1};

}  // namespace

bool Relay::State::station_here(std::string_view name) const {
  if (routes_ == nullptr) return false;
  auto const* const station = routes_->directory().station(name);
  return station != nullptr && station->relay == here_;
}

bool Relay::State::known_queue(std::string_view name) const {
  return holdings_.has_queue(name) || station_here(name) || (routes_ != nullptr && name == intercept_queue);
}

void Relay::State::on(Asked const& asked, Now now, Outcome& outcome) {
  if (routes_ != nullptr && (!known_queue(asked.queue) || is_circuit_queue(asked.queue))) {
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
        Refuse{asked.ticket, Refused::full,
               fmt::format("no room: the limit of {} waiting questions is reached", limits_.questions)});
  else
    questions_.keep(asked, now + std::min(asked.wait, limits_.wait));
}

bool Relay::State::handed_any(Asked const& asked, Now now, Outcome& outcome) {
  auto const max = std::min<std::size_t>(asked.max, limits_.copies_handed);
  auto copies = holdings_.take(asked.queue, max, {asked.action, asked.info, asked.least});
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

bool Relay::State::open(CopyId id) const {
  auto const state = holdings_.state(id);
  return state && *state != CopyState::settled;
}

// A message that is held no longer is settled.
bool Relay::State::known(CopyId id) const {
  if (holdings_.holds(id.message)) return holdings_.state(id).has_value();
  return id.message > 0 && id.message < next_;
}

bool Relay::State::on_circuit(CopyId id) const {
  return open(id) && is_circuit_queue(holdings_.queue_of(id));
}

// What no reader can ever have had.
std::optional<Refuse> Relay::State::refused_among(Ticket ticket, std::vector<CopyId> const& copies) const {
  for (auto const id : copies) {
    if (!known(id))
      return Refuse{ticket, Refused::not_found, fmt::format("there is no copy {}", to_string(id))};
    if (on_circuit(id))
      return Refuse{ticket, Refused::not_handed_out,
                    fmt::format("copy {} leaves on a circuit", to_string(id))};
  }
  return std::nullopt;
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
  if (auto refuse = refused_among(acknowledged.ticket, acknowledged.copies)) {
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
    settle(id);
    outcome.commit.emplace_back(Settled{id});
  }
  outcome.then.emplace_back(Done{acknowledged.ticket});
}

void Relay::State::on(Released const& released, Now now, Outcome& outcome) {
  if (auto refuse = refused_among(released.ticket, released.copies)) {
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

void Relay::State::settle(CopyId id) {
  circuits_.forget(id);
  calls_.forget(id);
  leases_.end(id);
  holdings_.settle(id);
}

// Those handed out; those of before the restart wait already.
Relay::State::Queues Relay::State::give_back(std::vector<CopyId> const& copies) {
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

}  // namespace torntape::relay
