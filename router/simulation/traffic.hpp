// All that is filed in a scenario, in order of time: the messages it names, and those that are made up.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

[[nodiscard]] std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t seed);

// The text of a filing; one that is to be made up is made now. The same for the same seed, whatever else is
// filed.
[[nodiscard]] std::string text_of(Filing const& filing, Scenario const& scenario, std::uint64_t seed);

}  // namespace torntape::simulation
