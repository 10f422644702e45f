#include "router/simulation/search.hpp"

#include <catch2/catch.hpp>

#include "router/simulation/scenario_file.hpp"
#include "tests/router/simulation/support.hpp"

namespace simulation = torntape::simulation;
using namespace std::chrono_literals;
using simulation::testing::traffic;

TEST_CASE("with whatever faults, what must always hold holds") {
  auto const scenario = traffic(30min, 200);
  simulation::Search search{1, 40, true, {}};
  auto const failure = simulation::search(scenario, search);
  if (failure) {
    UNSCOPED_INFO("seed " << failure->seed << ": " << failure->why);
    UNSCOPED_INFO(simulation::to_toml(failure->scenario, failure->seed));
  }
  CHECK(!failure);
}

TEST_CASE("a scenario that fails is shrunk to what makes it fail") {
  auto scenario = traffic(30min, 100);
  scenario.troubles.emplace_back(simulation::CircuitClosed{"AB", 5min, 6min});
  scenario.troubles.emplace_back(simulation::CircuitClosed{"XR", 1min, 72h});
  scenario.troubles.emplace_back(simulation::RelayCrash{"RTDA", 10min, 1min});
  scenario.begin += 9h;  // all stations are open
  scenario.run_out = 1h;
  scenario.stations.millibits_per_second = 9'600'000;
  auto const failure = simulation::search(scenario, {3, 1, false, {}});
  REQUIRE(failure);
  CHECK(failure->why.find("when all is over (RT-90)") != std::string::npos);
  CHECK(failure->scenario.filings.size() == 1);
  REQUIRE(failure->scenario.troubles.size() == 1);
  CHECK(std::get<simulation::CircuitClosed>(failure->scenario.troubles[0]).circuit == "XR");
  CHECK(simulation::failure_of(failure->scenario, failure->seed, true) == failure->why);
}
