// What is routed anew: by the routes of another network file, or by an operator (RT-40, RT-91).
#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "router/relay/state.hpp"

namespace torntape::relay {

void Relay::State::replay(Moved const& moved) {
  if (!open(moved.copy)) return;
  if (holdings_.state(moved.copy) == CopyState::handed_out) holdings_.give_back(moved.copy);
  place(moved.copy, moved.into);
  came_back_.clear();
}

void Relay::State::place(CopyId copy, std::vector<EnvelopeCopy> const& into) {
  auto const identity = calls_.identity(copy);
  auto const settle_in = [&](CopyId id, EnvelopeCopy const& as) {
    calls_.set(id, as, identity);
    came_back_.push_back(id);
  };
  leases_.end(copy);
  // What went over a circuit to a station that is now here is not that circuit's any more.
  if (!is_circuit_queue(into.front().queue)) circuits_.forget(copy);
  holdings_.move(copy, into.front());
  settle_in(copy, into.front());
  for (auto one = into.begin() + 1; one != into.end(); ++one)
    settle_in(holdings_.append(copy.message, *one), *one);
}

void Relay::State::move(CopyId copy, std::vector<EnvelopeCopy> into, Outcome& outcome) {
  place(copy, into);
  outcome.commit.emplace_back(Moved{copy, std::move(into)});
}

// FL7 and FL8 are not at hand: whoever is now a station of this relay has the kind and precedence of the leg.
Distribution Relay::State::routed_anew(CopyId copy, std::vector<std::string> const& called,
                                       std::string received_over) const {
  std::vector<Called> set;
  set.reserve(called.size());
  for (auto const& indicator : called)
    set.push_back({indicator, holdings_.kind(copy), holdings_.precedence(copy),
                   holdings_.members(copy) ? "a collective expanded here" : ""});
  return distribute(set, {holdings_.classification(copy), true, std::move(received_over)}, *routes_, here_);
}

// --- Another network ----------------------------------------------------------------------------------

void Relay::State::on(NetworkChanged const& changed, Now now, Outcome& outcome) {
  if (changed.routes == nullptr || routes_ == nullptr ||
      changed.routes->directory().relay(here_) == nullptr) {
    outcome.then.emplace_back(
        Refuse{changed.ticket, Refused::unroutable, fmt::format("{} is no relay of that network", here_)});
    return;
  }
  outcome.then.emplace_back(Done{changed.ticket});
  auto const& network = changed.routes->directory().network();
  for (auto& [name, circuit] : circuits_.all())
    if (!ends_here(network, circuit)) end(circuit, now, outcome);
  routes_ = changed.routes;
  circuits_.adopt(network, here_);
  for (auto& [name, circuit] : circuits_.all()) await_outage(circuit, now);
  std::vector<std::string> queues;
  for (auto const name : holdings_.queue_names())
    if (is_circuit_queue(name)) queues.emplace_back(name);
  for (auto const& queue : queues) route_anew(queue, outcome);
  for (auto& [name, circuit] : circuits_.all()) get_going(circuit, now, outcome);
}

bool Relay::State::ends_here(directory::Network const& network, Circuit const& circuit) const {
  auto const found = std::ranges::find(network.circuits, circuit.name, &directory::Circuit::name);
  return found != network.circuits.end() && (found->first == here_ || found->second == here_) &&
         network::far_end(*found, here_) == circuit.far_end;
}

// It is no circuit of this relay any more. Whatever it carried and nobody has confirmed is in doubt.
void Relay::State::end(Circuit& circuit, Now now, Outcome& outcome) {
  if (circuit.up()) on(CircuitDown{circuit.name, circuit.line}, now, outcome);
  for (auto const copy : circuit.doubt_sent([this](CopyId sent) { return open(sent); })) put_back(copy);
}

void Relay::State::route_anew(std::string const& queue, Outcome& outcome) {
  for (auto const copy : holdings_.waiting_copies(queue)) {
    auto const distribution = routed_anew(copy, calls_.of(copy), std::string(holdings_.received_over(copy)));
    auto into = copies(distribution, holdings_.precedence(copy));
    if (into.empty() || (into.size() == 1 && into.front().queue == queue)) continue;
    for (auto& one : into) one.rerouted = is_circuit_queue(one.queue) && calls_.rerouted(copy);
    for (auto const& [called, reason, code] : distribution.intercepted)
      outcome.then.emplace_back(Alarm{fmt::format("copy {} is intercepted: {}", to_string(copy), reason)});
    move(copy, std::move(into), outcome);
  }
}

// --- By an operator -----------------------------------------------------------------------------------

void Relay::State::on(Rerouted const& rerouted, Now now, Outcome& outcome) {
  std::vector<std::vector<EnvelopeCopy>> all;
  for (auto const copy : rerouted.copies) {
    auto into = rerouted_as(copy, rerouted.to);
    if (auto* const refuse = std::get_if<Refuse>(&into)) {
      refuse->ticket = rerouted.ticket;
      outcome.then.emplace_back(std::move(*refuse));
      return;
    }
    all.push_back(std::move(std::get<std::vector<EnvelopeCopy>>(into)));
  }
  std::set<std::string> misrouted;  // a copy each, but one notice a message
  for (std::size_t i = 0; i != all.size(); ++i) {
    auto const copy = rerouted.copies[i];
    if (is_misrouted(copy, rerouted.to)) misrouted.insert(calls_.identity(copy));
    if (holdings_.state(copy) == CopyState::handed_out) holdings_.give_back(copy);
    move(copy, std::move(all[i]), outcome);
  }
  outcome.then.emplace_back(Done{rerouted.ticket});
  for (auto const& identity : misrouted) tell_right_indicator(identity, rerouted.to, now, outcome);
}

// Its heading calls somebody, and that is not who it is for. A routing line nobody can read is a garble, and
// none of the originator's doing.
bool Relay::State::is_misrouted(CopyId copy, std::string const& to) const {
  auto const called = calls_.of(copy);
  return !to.empty() && !called.empty() && called != std::vector{to} && !calls_.identity(copy).empty();
}

// An operator may send it back where it came from (RT-43), but not where it may not go.
std::variant<std::vector<EnvelopeCopy>, Refuse> Relay::State::rerouted_as(CopyId copy,
                                                                          std::string const& to) const {
  if (open(copy) && is_set_aside_queue(holdings_.queue_of(copy))) return put_back_as(copy, to);
  if (!open(copy) || holdings_.queue_of(copy) != intercept_queue)
    return Refuse{0, Refused::not_found,
                  fmt::format("there is no intercepted copy and no dead letter {}", to_string(copy))};
  if (routes_ == nullptr)
    return Refuse{0, Refused::unroutable,
                  "an open switch has no routes: collect the copy, mend it and file it anew"};
  auto const called = to.empty() ? calls_.of(copy) : std::vector{to};
  if (called.empty())
    return Refuse{
        0, Refused::unroutable,
        fmt::format("copy {} calls nobody that can be read: name the right indicator", to_string(copy))};
  auto const distribution = routed_anew(copy, called, {});
  if (!distribution.intercepted.empty())
    return Refuse{0, Refused::unroutable, distribution.intercepted.front().reason};
  auto into = copies(distribution, holdings_.precedence(copy));
  for (auto& one : into) one.rerouted = is_circuit_queue(one.queue) && called != calls_.of(copy);
  return into;
}

}  // namespace torntape::relay
