// All that is filed in a scenario, in order of time: the messages it names, and those it has made up.
#pragma once

#include <cstdint>
#include <vector>

#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

[[nodiscard]] std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t seed);

}  // namespace torntape::simulation
