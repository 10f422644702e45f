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
  relay::Outcome outcome;
  site.relay->handle(event, clock_.now(), outcome);
  if (options_.thorough) check_order(site, outcome);
  arm(site);
  if (empty(outcome)) return;
  site.decided.push_back({std::move(outcome), std::move(cause)});
  if (std::exchange(site.committing, true)) return;
  clock_.after(scenario_.commit, [this, &site] {
    site.committing = false;
    commit(site);
  });
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
  for (auto const& each : decided) {
    auto const failure = site.store.commit(each.outcome.commit);
    static_cast<void>(failure);  // memory does not fail
    for (auto const& record : each.outcome.commit) note(site, record, each.cause);
  }
  for (auto& each : decided)
    for (auto& action : each.outcome.then) carry_out(site, action);
}

void Simulation::World::note(Site& site, relay::Record const& record, Cause const& cause) {
  if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
    note_accepted(site, *accepted, cause);
  else if (auto const* const settled = std::get_if<relay::Settled>(&record))
    note_settled(site, settled->copy);
  else if (auto const* const numbered = std::get_if<relay::Numbered>(&record))
    note_numbered(site, *numbered);
}

// What is intercepted for a fault of its routing names nobody: it is for whom it was sent to.
void Simulation::World::note_accepted(Site& site, relay::Accepted const& accepted, Cause const& cause) {
  auto const& envelope = accepted.envelope;
  auto const index = cause.transit.held ? std::optional(cause.transit.held->index) : cause.message;
  if (!index) return;  // a service message for the operator
  auto held = std::make_shared<Held>(Held{*index, accepted.message, envelope, envelope.copies.size()});
  if (!cause.transit.held) ledger_.accepted(*index, clock_.now());
  for (auto const& copy : envelope.copies) {
    if (copy.queue == relay::intercept_queue) {
      step(index, site.name, "intercepts it: " + copy.reason);
      if (copy.called.size() == 1 && copy.called.front().empty() && cause.transit.held)
        for (auto const& called : cause.transit.held->envelope.copies[cause.transit.copy].called)
          ledger_.held(*index, called, true);
    }
    for (auto const& called : copy.called) ledger_.held(*index, called, copy.queue == relay::intercept_queue);
    if (copy.called.empty()) ledger_.held(*index, copy.queue, false);
  }
  auto const of_post = [](relay::EnvelopeCopy const& copy) {
    return copy.called.empty() && copy.queue != relay::intercept_queue;
  };
  for (auto const& copy : envelope.copies)
    if (of_post(copy))
      if (auto const found = posts_by_name_.find(copy.queue); found != posts_by_name_.end()) {
        auto const urgent = [&](grammar::Addressee const& addressee) {
          return addressee.routing_indicator == copy.queue && addressee.night_action;
        };
        if (copy.precedence >= grammar::Precedence::flash ||
            std::ranges::any_of(accepted.message->message().addressees, urgent))
          call_in(*found->second);
      }
  site.held.emplace(envelope.number, std::move(held));
}

void Simulation::World::note_settled(Site& site, relay::CopyId id) {
  auto const found = site.held.find(id.message);
  if (found == site.held.end()) return;
  auto const& held = found->second;
  auto const& copy = held->envelope.copies[id.copy];
  for (auto const& called : copy.called) ledger_.settled(held->index, called, clock_.now());
  if (copy.called.empty()) ledger_.settled(held->index, copy.queue, clock_.now());
  if (--held->open == 0) site.held.erase(found);
}

// Numbers of a channel follow each other without a gap, whatever goes out under them (RT-10).
void Simulation::World::note_numbered(Site& site, relay::Numbered const& numbered) {
  auto const last = site.last_numbered.find(numbered.circuit);
  if (last != site.last_numbered.end() && relay::ahead(last->second, numbered.number) != 1)
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
