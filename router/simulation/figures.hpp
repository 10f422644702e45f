// A run in figures.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "router/simulation/ledger.hpp"

namespace torntape::simulation {

// FLASH first.
[[nodiscard]] std::array<Speed, 4> speeds(Ledger const& ledger);
[[nodiscard]] Totals totals(Ledger const& ledger);

// The messages that the words may mean; see `is_named`.
[[nodiscard]] std::vector<MessageIndex> named(Ledger const& ledger, std::string_view words);

}  // namespace torntape::simulation
