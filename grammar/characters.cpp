#include "grammar/characters.hpp"

#include <algorithm>
#include <array>

namespace torntape::grammar {

unsigned edit_distance(View a, View b) {
  constexpr std::size_t longest = 32;
  if (a.size() > longest || b.size() > longest) return longest;
  // Three rows: a swap of neighbours looks two rows back.
  std::array<std::array<unsigned, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    auto const& above = rows[(i + 2) % 3];
    row[0] = static_cast<unsigned>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], rows[(i + 1) % 3][j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace torntape::grammar
