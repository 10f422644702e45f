// A run of the simulation: for people, as JSON, as a page.
#pragma once

#include <string>
#include <vector>

#include "cli/terminal.hpp"
#include "router/simulation/expectations.hpp"
#include "router/simulation/scenario.hpp"
#include "router/simulation/simulation.hpp"

namespace torntape::cli {

struct SimulationRun {
  simulation::Scenario const& scenario;
  std::uint64_t seed = 0;
  simulation::Ledger const& ledger;
  std::vector<simulation::Unmet> unmet;
  std::vector<simulation::MessageIndex> journeys;  // of messages asked for
};

[[nodiscard]] std::string simulation_in_text(SimulationRun const& run, Style const& style);
[[nodiscard]] std::string simulation_in_json(SimulationRun const& run);
[[nodiscard]] std::string simulation_in_html(SimulationRun const& run);

// The journeys to show: those asked for, and those of what is not as expected; each once.
[[nodiscard]] std::vector<simulation::Tracked const*> journeys(SimulationRun const& run);

}  // namespace torntape::cli
