#include "router/network/routes.hpp"

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

std::string_view far_end(directory::Circuit const& circuit, std::string_view relay) {
  return relay == circuit.first ? circuit.second : circuit.first;
}

std::string_view sending_channel(directory::Circuit const& circuit, std::string_view relay) {
  return relay == circuit.first ? circuit.out_channel : circuit.in_channel;
}

}  // namespace torntape::network
