#include "cli/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace torntape::cli {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters to insert, drop or change to make one word of the other (Levenshtein).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i != a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j != b.size(); ++j) {
      auto const changed = diagonal + (lower(a[i]) == lower(b[j]) ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, changed});
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest(std::string_view word, std::vector<std::string> const& candidates) {
  std::vector<std::pair<std::size_t, std::string>> found;
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
