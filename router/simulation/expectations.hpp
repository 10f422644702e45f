// What of a scenario's expectations a run has not met.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "router/simulation/ledger.hpp"
#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

struct Unmet {
  std::string expected;                      // "transmissions over XR: 1"
  std::string found;                         // "2"
  std::optional<MessageIndex> message = {};  // whose journey shows it
};

[[nodiscard]] std::vector<Unmet> unmet(Scenario const& scenario, Ledger const& ledger);

}  // namespace torntape::simulation
