// Numbers of the heading, as far as rules count with them.
#pragma once

#include <optional>

#include "validator/rule.hpp"

namespace torntape::validator {

// The value of up to nine digits; none for anything else.
[[nodiscard]] constexpr std::optional<unsigned> number_of(View digits) {
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  unsigned value = 0;
  for (char const c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

}  // namespace torntape::validator
