#include "router/network/routes.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

namespace torntape::network {

namespace {

using boost::multiprecision::cpp_int;
using directory::Circuit;

// 1/bit-rate sums are compared as whole numbers over a common denominator: a tie is a tie.
struct Edge {
  Circuit const* circuit = nullptr;
  std::size_t first = 0, second = 0;
  cpp_int cost;
};

struct Distance {
  cpp_int cost;
  std::size_t circuits = 0;

  friend bool operator<(Distance const& a, Distance const& b) {
    return std::tie(a.cost, a.circuits) < std::tie(b.cost, b.circuits);
  }
  friend bool operator==(Distance const&, Distance const&) = default;
};

using Positions = std::unordered_map<std::string_view, std::size_t>;

Positions positions(directory::Network const& network) {
  Positions positions;
  for (auto const& relay : network.relays) positions.emplace(relay.indicator, positions.size());
  return positions;
}

// Circuits that lead from a relay to another one.
std::vector<Edge> edges(directory::Network const& network, Positions const& at) {
  std::vector<Edge> edges;
  cpp_int denominator = 1;
  for (auto const& circuit : network.circuits) {
    auto const first = at.find(circuit.first), second = at.find(circuit.second);
    if (first == at.end() || second == at.end() || first == second || circuit.bits_per_second == 0) continue;
    edges.push_back({&circuit, first->second, second->second, 0});
    denominator = boost::multiprecision::lcm(denominator, cpp_int(circuit.bits_per_second));
  }
  for (auto& edge : edges) edge.cost = denominator / edge.circuit->bits_per_second;
  return edges;
}

using Distances = std::vector<std::optional<Distance>>;

// Shortens the way of `from` by way of `through`; true where it became shorter.
bool shorten(Distances& to_target, std::size_t from, std::size_t through, cpp_int const& cost) {
  if (!to_target[through]) return false;
  Distance candidate{to_target[through]->cost + cost, to_target[through]->circuits + 1};
  if (to_target[from] && !(candidate < *to_target[from])) return false;
  to_target[from] = std::move(candidate);
  return true;
}

Distances distances(std::vector<Edge> const& edges, std::size_t relays, std::size_t target) {
  Distances to_target(relays);
  to_target[target] = Distance{};
  for (bool changed = true; changed;) {
    changed = false;
    for (auto const& edge : edges) {
      changed = shorten(to_target, edge.first, edge.second, edge.cost) || changed;
      changed = shorten(to_target, edge.second, edge.first, edge.cost) || changed;
    }
  }
  return to_target;
}

// Whether going over `edge` from `from` is a shortest way, given all distances to the target.
bool on_shortest_way(Distances const& to_target, Edge const& edge, std::size_t from, std::size_t through) {
  if (!to_target[from] || !to_target[through]) return false;
  Distance const over{to_target[through]->cost + edge.cost, to_target[through]->circuits + 1};
  return over == *to_target[from];
}

// The circuits of these names, where they lead from one relay to another in this order; else none.
std::vector<Circuit const*> leading(directory::Network const& network, std::vector<std::string> const& names,
                                    std::string_view from, std::string_view to) {
  std::vector<Circuit const*> way;
  for (auto const& name : names) {
    auto const found = std::ranges::find(network.circuits, name, &Circuit::name);
    if (found == network.circuits.end() || (found->first != from && found->second != from)) return {};
    way.push_back(&*found);
    from = far_end(*found, from);
  }
  return from == to ? way : std::vector<Circuit const*>{};
}

}  // namespace

Routes::Routes(std::shared_ptr<directory::Directory const> directory)
    : directory_(std::move(directory)), relays_(directory_->network().relays.size()) {
  auto const all_edges = edges(directory_->network(), positions(directory_->network()));
  next_.resize(relays_ * relays_);
  for (std::size_t target = 0; target < relays_; ++target) {
    auto const to_target = distances(all_edges, relays_, target);
    auto const offer = [&](Edge const& edge, std::size_t from, std::size_t through) {
      auto& best = next_[from * relays_ + target];
      if (from != target && on_shortest_way(to_target, edge, from, through) &&
          (best == nullptr || edge.circuit->name < best->name))
        best = edge.circuit;
    };
    for (auto const& edge : all_edges) {
      offer(edge, edge.first, edge.second);
      offer(edge, edge.second, edge.first);
    }
  }
}

directory::Circuit const* Routes::next(std::string_view from, std::string_view to) const {
  auto const* const relays = directory_->network().relays.data();
  auto const* const start = directory_->relay(from);
  auto const* const target = directory_->relay(to);
  if (start == nullptr || target == nullptr) return nullptr;
  return next_[static_cast<std::size_t>(start - relays) * relays_ +
               static_cast<std::size_t>(target - relays)];
}

std::vector<directory::Circuit const*> Routes::way(std::string_view from, std::string_view to) const {
  std::vector<directory::Circuit const*> way;
  for (auto const* circuit = next(from, to); circuit != nullptr; circuit = next(from, to)) {
    way.push_back(circuit);
    from = far_end(*circuit, from);
  }
  return way;
}

directory::Circuit const* Routes::round(std::string_view here, std::string_view received,
                                        std::string_view to) const {
  auto const& network = directory_->network();
  auto from = here;
  for (auto const* circuit : way(here, to)) {
    for (auto const& alternate : alternates(network, *circuit, from)) {
      auto const& way = alternate.way;
      auto const came = std::ranges::find(way, received, &Circuit::name);
      if (came == way.end() || came + 1 == way.end()) continue;
      auto const* const on = *(came + 1);
      if (on->first == here || on->second == here) return on;
    }
    from = far_end(*circuit, from);
  }
  return nullptr;
}

std::vector<Alternate> alternates(directory::Network const& network, Circuit const& circuit,
                                  std::string_view from) {
  std::vector<Alternate> all;
  for (auto names : circuit.alternates) {
    auto const to = far_end(circuit, from);
    auto way = leading(network, names, from, to);
    if (way.empty()) {
      std::ranges::reverse(names);  // it is named from the other end
      way = leading(network, names, from, to);
    }
    if (way.empty()) continue;
    auto const lowest = std::ranges::min(way, {}, &Circuit::approved_to);
    all.push_back({std::move(way), lowest->approved_to});
  }
  return all;
}

std::string_view far_end(directory::Circuit const& circuit, std::string_view relay) {
  return relay == circuit.first ? circuit.second : circuit.first;
}

std::string_view sending_channel(directory::Circuit const& circuit, std::string_view relay) {
  return relay == circuit.first ? circuit.out_channel : circuit.in_channel;
}

}  // namespace torntape::network
