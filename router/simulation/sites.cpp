// The relays: what they handle, what of it is committed, and what is carried out then. A crash drops what was
// not committed, as it does of `serve`.
#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "router/relay/circuits.hpp"
#include "router/simulation/world.hpp"

namespace torntape::simulation {

namespace {

// Stations wait for their copies as long as it takes.
relay::Limits limits() {
  relay::Limits limits;
  limits.wait = std::chrono::hours{24 * 366};
  return limits;
}

bool empty(relay::Outcome const& outcome) { return outcome.commit.empty() && outcome.then.empty(); }

}  // namespace

void Simulation::World::start(Site& site) {
  site.relay.emplace(site.routes, site.name, limits());
  auto const failure = site.store.replay([&site](relay::Record const& record) { site.relay->apply(record); });
  static_cast<void>(failure);  // memory does not fail
}

void Simulation::World::handle(Site& site, relay::Event const& event, Cause cause) {
  if (!site.relay) return;
  ++ledger_.events;
  if (options_.event) options_.event(site.name, event, clock_.now());
  auto outcome = outcome_for(site);
  site.relay->handle(event, clock_.now(), outcome);
  if (options_.thorough) check_order(site, outcome);
  arm(site);
  if (empty(outcome)) return site.spare.push_back(std::move(outcome));
  site.decided.push_back({std::move(outcome), std::move(cause)});
  if (std::exchange(site.committing, true)) return;
  clock_.after(scenario_.commit, [this, &site] {
    site.committing = false;
    commit(site);
  });
}

relay::Outcome Simulation::World::outcome_for(Site& site) {
  if (site.spare.empty()) return {};
  auto outcome = std::move(site.spare.back());
  site.spare.pop_back();
  return outcome;
}

void Simulation::World::arm(Site& site) {
  auto const due = site.relay ? site.relay->wake_at() : std::nullopt;
  if (!due || (site.armed && *site.armed <= *due)) return;
  site.armed = due;
  clock_.at(*due, [this, &site, time = *due] {
    if (site.armed != time) return;  // it was set for sooner since
    site.armed.reset();
    if (site.relay && site.relay->wake_at() && *site.relay->wake_at() <= clock_.now())
      handle(site, relay::Tick{});
    else
      arm(site);
  });
}

// All that has gathered, as the commit thread of a switch does.
void Simulation::World::commit(Site& site) {
  auto decided = std::exchange(site.decided, {});
  for (auto& each : decided)
    for (auto& record : each.outcome.commit) keep(site, record, each.cause);
  for (auto& each : decided)
    for (auto& action : each.outcome.then) carry_out(site, action);
  for (auto& each : decided) {
    each.outcome.clear();
    site.spare.push_back(std::move(each.outcome));
  }
}

// The store keeps no texts: they are in `held`.
void Simulation::World::keep(Site& site, relay::Record& record, Cause const& cause) {
  auto* const accepted = std::get_if<relay::Accepted>(&record);
  auto message = accepted == nullptr ? nullptr : std::move(accepted->message);
  auto const failure = site.store.commit({&record, 1});
  static_cast<void>(failure);  // memory does not fail
  if (accepted != nullptr)
    note_accepted(site, std::move(accepted->envelope), std::move(message), cause);
  else
    note(site, record);
}

void Simulation::World::note(Site& site, relay::Record const& record) {
  if (auto const* const settled = std::get_if<relay::Settled>(&record))
    note_settled(site, settled->copy);
  else if (auto const* const moved = std::get_if<relay::Moved>(&record))
    note_moved(site, *moved);
  else if (auto const* const numbered = std::get_if<relay::Numbered>(&record))
    note_numbered(site, *numbered);
}

void Simulation::World::note_accepted(Site& site, relay::Envelope accepted, grammar::SharedMessage message,
                                      Cause const& cause) {
  auto const index = cause.transit.held ? cause.transit.held->index : cause.message;
  auto const number = accepted.number;
  auto const copies = accepted.copies.size();
  auto const held =
      site.held
          .emplace(number,
                   std::make_shared<Held>(Held{index, std::move(message), std::move(accepted), copies}))
          .first->second;
  auto const& envelope = held->envelope;
  if (!index) return;
  if (!cause.transit.held) ledger_.accepted(*index, clock_.now());
  bool intercepted = false;
  for (auto const& copy : envelope.copies) {
    bool const here = copy.queue == relay::intercept_queue;
    intercepted = intercepted || here;
    if (here) step(index, site.name, "intercepts it: {}", copy.reason);
    for (auto const& called : copy.called) ledger_.held(*index, called, here);
    if (copy.called.empty()) ledger_.held(*index, copy.queue, false);
  }
  if (intercepted && cause.transit.garbled) note_intercepted_garbled(cause.transit);
  for (auto const& copy : envelope.copies)
    if (copy.called.empty()) call_in_for(copy, held->message->message());
}

// The indicators of it, as they came out of the line, may name nobody, or somebody else: it waits for those
// it was sent to.
void Simulation::World::note_intercepted_garbled(Transit const& transit) {
  for (auto const& called : transit.held->envelope.copies[transit.copy].called)
    ledger_.intercepted(*transit.held->index, called);
}

// FLASH and NIACT do not wait for the morning.
void Simulation::World::call_in_for(relay::EnvelopeCopy const& copy, grammar::Message const& message) {
  auto const found = posts_by_name_.find(copy.queue);
  if (found == posts_by_name_.end()) return;
  auto const urgent = [&](grammar::Addressee const& addressee) {
    return addressee.night_action && addressee.routing_indicator == copy.queue;
  };
  if (copy.precedence >= grammar::Precedence::flash || std::ranges::any_of(message.addressees, urgent))
    call_in(*found->second);
}

// What the copy is for is looked after by those it becomes, before it is let go.
void Simulation::World::note_moved(Site& site, relay::Moved const& moved) {
  auto const found = site.held.find(moved.copy.message);
  if (found == site.held.end()) return;
  auto& held = *found->second;
  auto const before = held.envelope.copies[moved.copy.copy];
  if (held.index) {
    for (auto const& copy : moved.into)
      for (auto const& called : copy.called)
        ledger_.held(*held.index, called, copy.queue == relay::intercept_queue);
    for (auto const& called : before.called) ledger_.settled(*held.index, called, clock_.now());
  }
  held.envelope.copies[moved.copy.copy] = moved.into.front();
  held.envelope.copies.insert(held.envelope.copies.end(), moved.into.begin() + 1, moved.into.end());
  held.open += moved.into.size() - 1;
}

void Simulation::World::note_settled(Site& site, relay::CopyId id) {
  auto const found = site.held.find(id.message);
  if (found == site.held.end()) return;
  auto const& held = found->second;
  auto const& copy = held->envelope.copies[id.copy];
  if (held->index) {
    if (relay::is_circuit_queue(copy.queue) && line(relay::circuit_of(copy.queue)).misheard)
      ledger_.garbled(*held->index);
    for (auto const& called : copy.called) ledger_.settled(*held->index, called, clock_.now());
    if (copy.called.empty()) ledger_.settled(*held->index, copy.queue, clock_.now());
  }
  if (--held->open == 0) site.held.erase(found);
}

// Numbers of a channel follow each other without a gap, whatever goes out under them (RT-10).
void Simulation::World::note_numbered(Site& site, relay::Numbered const& numbered) {
  auto const last = site.last_numbered.find(numbered.circuit);
  if (last != site.last_numbered.end() && relay::ahead(last->second, numbered.number) != 1 &&
      !line(numbered.circuit).misheard)
    ledger_.violated(clock_.now(), fmt::format("{} sends number {} after {} over {} (RT-10)", site.name,
                                               numbered.number, last->second, numbered.circuit));
  site.last_numbered[numbered.circuit] = numbered.number;
}

// RT-70: nothing that waits for the circuit outranks what goes out.
void Simulation::World::check_order(Site const& site, relay::Outcome const& outcome) {
  for (auto const& record : outcome.commit) {
    auto const* const numbered = std::get_if<relay::Numbered>(&record);
    if (numbered == nullptr || numbered->copy.message == 0) continue;
    auto const waiting = site.relay->peek(relay::circuit_queue(numbered->circuit), 1, true, true);
    auto const held = site.held.find(numbered->copy.message);
    if (waiting.empty() || held == site.held.end()) continue;
    auto const precedence = held->second->envelope.copies[numbered->copy.copy].precedence;
    auto const& next = waiting.front();
    if (next.copy.precedence > precedence || (next.copy.precedence == precedence && next.id < numbered->copy))
      ledger_.violated(
          clock_.now(),
          fmt::format("{} sends copy {} over {} before copy {} (RT-70)", site.name,
                      relay::to_string(numbered->copy), numbered->circuit, relay::to_string(next.id)),
          held->second->index);
  }
}

void Simulation::World::carry_out(Site& site, relay::Action& action) {
  if (auto const* const send = std::get_if<relay::Send>(&action)) return put(site, *send);
  if (auto const* const order = std::get_if<relay::Interrupt>(&action)) return interrupt(site, *order);
  if (auto const* const copies = std::get_if<relay::Hand>(&action)) return hand(site, *copies);
  if (auto const* const accept = std::get_if<relay::Accept>(&action))
    return answered(site, accept->ticket, nullptr);
  if (auto const* const refuse = std::get_if<relay::Refuse>(&action))
    return answered(site, refuse->ticket, refuse);
  if (auto const* const alarm = std::get_if<relay::Alarm>(&action)) {
    ledger_.alarm(clock_.now(), site.name, alarm->message);
    trace(site.name, alarm->message);
  }
}

void Simulation::World::crash(Site& site, Duration lasts) {
  if (!site.relay) return;
  ++ledger_.crashes;
  trace(site.name, "crashes");
  site.relay.reset();
  site.decided.clear();
  site.armed.reset();
  for (auto& [name, line] : lines_)
    if (line.out.from == &site || line.out.to == &site) break_line(line);
  for (auto* const post : site.posts) forget_relay(*post);
  clock_.after(lasts, [this, &site] {
    trace(site.name, "is back");
    start(site);
    for (auto& [name, line] : lines_)
      if (line.out.from == &site || line.out.to == &site) reconnect_later(line);
    for (auto* const post : site.posts) {
      ask(*post);
      file_next(*post);
    }
  });
}

}  // namespace torntape::simulation
