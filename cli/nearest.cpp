#include "cli/nearest.hpp"

#include <algorithm>
#include <utility>

namespace torntape::cli {
namespace {

constexpr std::size_t longest_word = 100;  // beyond which nothing was meant

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters to insert, drop, change or swap with their neighbour to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  auto const same = [&](std::size_t i, std::size_t j) { return lower(a[i - 1]) == lower(b[j - 1]); };
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same(i, j) ? 0 : 1)});
      if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j))
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> const& candidates) {
  std::vector<std::pair<std::size_t, std::string>> found;
  if (word.size() > longest_word) return {};
  for (auto const& candidate : candidates) {
    auto const d = distance(word, candidate);
    if (d * 3 <= std::max(candidate.size(), std::size_t{3})) found.emplace_back(d, candidate);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > 3) found.resize(3);
  std::vector<std::string> names;
  for (auto& [d, name] : found) names.push_back(std::move(name));
  return names;
}

std::string did_you_mean(std::vector<std::string> const& candidates) {
  if (candidates.empty()) return {};
  std::string text = "; did you mean ";
  for (std::size_t i = 0; i != candidates.size(); ++i) {
    if (i != 0) text += i + 1 == candidates.size() ? " or " : ", ";
    text += '\'' + candidates[i] + '\'';
  }
  return text + '?';
}

}  // namespace torntape::cli
