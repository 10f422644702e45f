#include "router/network/routes.hpp"

#include <filesystem>
#include <limits>
#include <map>
#include <string>

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "directory/network_file.hpp"

namespace directory = torntape::directory;
namespace network = torntape::network;

namespace {

directory::Circuit circuit(std::string name, std::string first, std::string second, std::uint32_t rate) {
  return {name, std::move(first), std::move(second), name + "O", name + "I", rate, directory::Class::secret,
          {}};
}

network::Routes routes(std::vector<directory::Circuit> circuits) {
  directory::Network net;
  for (auto const* const relay : {"RTAA", "RTBA", "RTCA", "RTDA"})
    net.relays.push_back({relay, relay, {relay}, false});
  net.circuits = std::move(circuits);
  return network::Routes(std::make_shared<directory::Directory const>(std::move(net)));
}

std::string way(network::Routes const& routes, std::string_view from, std::string_view to) {
  std::string names;
  for (auto const* const circuit : routes.way(from, to)) names += (names.empty() ? "" : " ") + circuit->name;
  return names;
}

}  // namespace

// In the demonstration network RTCA to RTBA is AC + AB, RTAA to RTEA is XR.
TEST_CASE("ways of the demonstration network") {
  auto const file =
      directory::read_network_file(std::filesystem::path(TORNTAPE_FIXTURES) / "networks/demo.toml");
  REQUIRE(file.directory != nullptr);
  network::Routes const demo(file.directory);
  CHECK(way(demo, "RTCA", "RTBA") == "AC AB");
  CHECK(way(demo, "RTAA", "RTEA") == "XR");
  CHECK(way(demo, "RTBA", "RTEA") == "AB XR");
  CHECK(way(demo, "RTDA", "RTFA") == "AD AF");
  CHECK(way(demo, "RTEA", "RTFA") == "XR AF");
  CHECK(way(demo, "RTAA", "RTAA").empty());
  CHECK(way(demo, "RTAA", "RTXX").empty());
  CHECK(demo.next("RUEHC", "RTAA") == nullptr);
}

TEST_CASE("the way of the least sum of 1/bit-rate") {
  CHECK(way(routes({circuit("AB", "RTAA", "RTBA", 75), circuit("AC", "RTAA", "RTCA", 300),
                    circuit("CB", "RTCA", "RTBA", 300)}),
            "RTAA", "RTBA") == "AC CB");
}

// 1/300 + 1/600 = 1/200 exactly; a sum of floating numbers could go either way.
TEST_CASE("of equal sums the way of fewer circuits") {
  auto const tied = routes({circuit("AC", "RTAA", "RTCA", 300), circuit("CB", "RTCA", "RTBA", 600),
                            circuit("ZZ", "RTAA", "RTBA", 200)});
  CHECK(way(tied, "RTAA", "RTBA") == "ZZ");
  CHECK(way(tied, "RTBA", "RTAA") == "ZZ");
}

TEST_CASE("of equal sums and numbers the first name") {
  auto const tied = routes({circuit("YY", "RTAA", "RTBA", 300), circuit("XX", "RTBA", "RTAA", 300)});
  CHECK(way(tied, "RTAA", "RTBA") == "XX");
  CHECK(way(tied, "RTBA", "RTAA") == "XX");
  CHECK(way(routes({circuit("AC", "RTAA", "RTCA", 300), circuit("CD", "RTCA", "RTDA", 300),
                    circuit("AB", "RTAA", "RTBA", 300), circuit("BD", "RTBA", "RTDA", 300)}),
            "RTAA", "RTDA") == "AB BD");
}

TEST_CASE("rates that differ in the last bit differ") {
  auto const most = std::numeric_limits<std::uint32_t>::max();
  CHECK(way(routes({circuit("AA", "RTAA", "RTBA", most - 1), circuit("ZZ", "RTAA", "RTBA", most)}), "RTAA",
            "RTBA") == "ZZ");
}

TEST_CASE("a network in two parts has no way between them") {
  CHECK(routes({circuit("AB", "RTAA", "RTBA", 300)}).next("RTAA", "RTCA") == nullptr);
}

TEST_CASE("the far end, and the channel under which this end sends") {
  auto const xr = circuit("XR", "RTAA", "RTEA", 1200);
  CHECK(network::far_end(xr, "RTAA") == "RTEA");
  CHECK(network::far_end(xr, "RTEA") == "RTAA");
  CHECK(network::sending_channel(xr, "RTAA") == "XRO");
  CHECK(network::sending_channel(xr, "RTEA") == "XRI");
}

// Every relay decides by itself where the next step goes; the steps must come to the end.
TEST_CASE("next steps lead to the target, over no relay twice, and no shorter way exists") {
  CHECK(rc::check("ways end", [] {
    std::vector<directory::Circuit> circuits;
    std::vector<std::string> const relays{"RTAA", "RTBA", "RTCA", "RTDA"};
    auto const count = *rc::gen::inRange(0, 9);
    for (int i = 0; i < count; ++i)
      circuits.push_back(circuit(fmt::format("C{}", i), *rc::gen::elementOf(relays),
                                 *rc::gen::elementOf(relays), *rc::gen::element(75U, 150U, 300U, 600U)));
    auto const made = routes(circuits);
    // In units of 1/600 s a bit: Floyd and Warshall by hand.
    constexpr int none = 1'000'000;
    std::map<std::pair<std::string, std::string>, int> cost;
    for (auto const& a : relays)
      for (auto const& b : relays) cost[{a, b}] = a == b ? 0 : none;
    for (auto const& c : circuits) {
      auto const units = static_cast<int>(600 / c.bits_per_second);
      cost[{c.first, c.second}] = std::min(cost[{c.first, c.second}], units);
      cost[{c.second, c.first}] = std::min(cost[{c.second, c.first}], units);
    }
    for (auto const& k : relays)
      for (auto const& a : relays)
        for (auto const& b : relays) cost[{a, b}] = std::min(cost[{a, b}], cost[{a, k}] + cost[{k, b}]);
    for (auto const& a : relays)
      for (auto const& b : relays) {
        auto const steps = made.way(a, b);
        int sum = 0;
        for (auto const* const step : steps) sum += static_cast<int>(600 / step->bits_per_second);
        RC_ASSERT(steps.size() < relays.size());
        auto const reachable = cost[{a, b}] < none;
        RC_ASSERT((a == b || !steps.empty()) == reachable);
        auto const least = reachable ? cost[{a, b}] : 0;
        RC_ASSERT(sum == least);
      }
  }));
}
