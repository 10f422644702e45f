#include "grammar/characters.hpp"

#include <algorithm>
#include <array>

namespace torntape::grammar {
namespace {

// Which letters a word has, a bit each.
std::uint32_t letters_of(View word) {
  std::uint32_t set = 0;
  for (char const c : word) set |= std::uint32_t{1} << (static_cast<unsigned char>(c) % 32);
  return set;
}

bool more_than(unsigned count, std::uint32_t set) {
  for (; count != 0; --count) set &= set - 1;  // takes one out, if there is one
  return set != 0;
}

}  // namespace

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

bool is_near(View a, View b, unsigned most) {
  auto const longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > most) return false;
  // A letter that only one word has takes a step for itself.
  auto const in_a = letters_of(a), in_b = letters_of(b);
  return !more_than(most, in_a & ~in_b) && !more_than(most, in_b & ~in_a) && edit_distance(a, b) <= most;
}

}  // namespace torntape::grammar
