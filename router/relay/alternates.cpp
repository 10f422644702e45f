// What goes round a circuit that is closed, out or overloaded (RT-57; ACP 127(G) 307-309).
//
// A copy keeps waiting for its own circuit. When the first circuit of an agreed way round is free, the next
// in order among its own copies and those of the circuits it stands in for leaves: so alternate-routed
// traffic is not treated apart, and is back on its normal way as soon as that is up.
#include <algorithm>

#include <fmt/format.h>

#include "router/relay/state.hpp"

namespace torntape::relay {

bool Relay::State::relieved(Circuit const& circuit) const {
  if (circuit.ways_round.empty()) return false;
  return circuit.closed || circuit.out || holdings_.waiting(circuit.queue) > limits_.backlog;
}

bool Relay::State::usable(std::string_view name) const {
  auto const& all = circuits_.all();
  auto const circuit = all.find(name);
  return circuit != all.end() && !circuit->second.gone && !circuit->second.closed && !circuit->second.out;
}

// The preferred one that takes the class of the message (RT-51) and is not where it came from (RT-56).
WayRound const* Relay::State::way_round(Circuit const& normal, CopyId copy) const {
  auto const found = std::ranges::find_if(normal.ways_round, [&](WayRound const& way) {
    return usable(way.first) && holdings_.classification(copy) <= way.approved_to &&
           (holdings_.members(copy) || holdings_.received_over(copy) != way.first);
  });
  return found == normal.ways_round.end() ? nullptr : &*found;
}

// By precedence, then in order of receipt (RT-70).
std::optional<CopyId> Relay::State::next_for(Circuit const& circuit) const {
  if (circuit.closed) return std::nullopt;
  auto const any = [](CopyId) { return true; };
  auto best = holdings_.first(circuit.queue, any);
  auto const offer = [&](std::optional<CopyId> copy) {
    auto const before = [this](CopyId a, CopyId b) {
      auto const pa = holdings_.precedence(a), pb = holdings_.precedence(b);
      return pa != pb ? pa > pb : a < b;
    };
    if (copy && (!best || before(*copy, *best))) best = copy;
  };
  for (auto const& name : circuit.stands_in_for) {
    auto const& normal = circuits_.all().find(name)->second;
    if (!relieved(normal)) continue;
    offer(holdings_.first(normal.queue, [&](CopyId copy) {
      auto const* const way = way_round(normal, copy);
      return way != nullptr && way->first == circuit.name;
    }));
  }
  return best;
}

void Relay::State::get_going(CopyId copy, Now now, Outcome& outcome) {
  if (holdings_.state(copy) != CopyState::waiting) return;
  auto* const normal = circuits_.of_queue(holdings_.queue_of(copy));
  if (normal == nullptr) return serve(holdings_.queue_of(copy), now, outcome);
  get_going(*normal, now, outcome);
  if (!relieved(*normal) || holdings_.state(copy) != CopyState::waiting) return;
  if (auto const* const way = way_round(*normal, copy)) get_going(*circuits_.find(way->first), now, outcome);
}

void Relay::State::get_going(Circuit& circuit, Now now, Outcome& outcome) {
  if (!circuit.up()) return;
  if (circuit.under_way && circuit.under_way->copy)
    if (auto const next = next_for(circuit)) preempt(circuit, holdings_.precedence(*next), now, outcome);
  send_next(circuit, now, outcome);
}

void Relay::State::await_outage(Circuit& circuit, Now now) const {
  if (!circuit.ways_round.empty() && !circuit.up() && !circuit.out) circuit.out_at = now + limits_.outage;
}

// What was sent and is not known to have got there goes again as a suspected duplicate, where another way
// takes it (RT-31); the rest waits for the far end's count.
void Relay::State::declare_out(Circuit& circuit, std::string_view why, Now now, Outcome& outcome) {
  circuit.out_at.reset();
  circuit.out = true;
  for (auto const copy :
       circuit.doubt_sent([&](CopyId sent) { return open(sent) && way_round(circuit, sent) != nullptr; }))
    put_back(copy);
  begin_round(circuit, why, now, outcome);
}

void Relay::State::begin_round(Circuit& circuit, std::string_view why, Now now, Outcome& outcome) {
  std::string over;
  for (auto const& way : circuit.ways_round)
    if (usable(way.first)) over.append(over.empty() ? "" : ", ").append(way.first);
  outcome.then.emplace_back(
      Alarm{over.empty() ? fmt::format("circuit {} {}: its traffic waits", circuit.name, why)
                         : fmt::format("circuit {} {}: its traffic goes over {} where it may (RT-57)",
                                       circuit.name, why, over)});
  for (auto const& way : circuit.ways_round)
    if (auto* const first = circuits_.find(way.first)) get_going(*first, now, outcome);
}

}  // namespace torntape::relay
