#include "validator/nearest.hpp"

#include <algorithm>

namespace torntape::validator {

namespace {

// Of words of one length, without what they begin and end with in common.
bool replaced_or_swapped(std::string_view a, std::string_view b) {
  return a.size() == 1 || (a.size() == 2 && a[0] == b[1] && a[1] == b[0]);
}

}  // namespace

bool one_step_apart(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.size() == b.size()) return !a.empty() && replaced_or_swapped(a, b);
  return a.size() + b.size() == 1;
}

}  // namespace torntape::validator
