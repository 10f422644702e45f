// Words that a garbled word may have been: one letter lost, added, replaced, or swapped with its neighbour.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace torntape::validator {

// Whether one such step, and no less, leads from one word to the other.
[[nodiscard]] bool one_step_apart(std::string_view a, std::string_view b);

// The only candidate one step away; empty where there is none, or more than one.
template <class Range, class Projection>
[[nodiscard]] std::string nearest(std::string_view word, Range const& candidates, Projection text) {
  std::string found;
  for (auto const& candidate : candidates) {
    std::string_view const other = std::invoke(text, candidate);
    if (other == found || !one_step_apart(word, other)) continue;
    if (!found.empty()) return {};
    found = other;
  }
  return found;
}

}  // namespace torntape::validator
