#include "router/simulation/simulation.hpp"

#include <catch2/catch.hpp>

#include "router/simulation/digest.hpp"
#include "tests/router/simulation/support.hpp"

namespace simulation = torntape::simulation;
using namespace std::chrono_literals;
using simulation::testing::astana;
using simulation::testing::demo;

TEST_CASE("the seed leaves on XR under 3820 with its own first three lines") {
  auto scenario = demo();
  scenario.filings.push_back({0s, "RUEHTA", astana(), {}});
  simulation::CircuitSettings xr{"XR"};
  xr.prime = 3820;
  scenario.circuits.push_back(xr);
  scenario.duration = 1s;
  simulation::Simulation run(scenario, 1, {{}, true, [](std::string_view line) { UNSCOPED_INFO(line); }});
  run.run();
  auto const& ledger = run.ledger();
  CHECK(ledger.violations().empty());
  REQUIRE(ledger.messages().size() == 1);
  CHECK(ledger.messages()[0].duties.size() == 31);
  for (auto const& duty : ledger.messages()[0].duties) CHECK(duty.delivered.has_value());
  std::string heading;
  for (auto const& each : ledger.transmissions())
    if (each.channel == "XRO" && each.number == "3820") heading = each.heading;
  CHECK(heading == simulation::testing::seed_lines());
}
