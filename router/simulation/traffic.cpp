#include "router/simulation/traffic.hpp"

#include <algorithm>

namespace torntape::simulation {

std::vector<Filing> filings_of(Scenario const& scenario, std::uint64_t) {
  auto filings = scenario.filings;
  std::ranges::stable_sort(filings, {}, &Filing::at);
  return filings;
}

}  // namespace torntape::simulation
