// Routing indicators by their form.
#pragma once

#include <optional>
#include <string>

#include "validator/rule.hpp"

namespace torntape::validator {

// What is wrong with the form of an indicator, and how much it matters at most.
struct IndicatorFault {
  Severity at_most;
  std::string text;
};

// 4-7 letters, the first R (worldwide) or Q (theatre). Doubtful only: a first letter U (tactical), eight
// letters (5 FAH-2 H-231 allows them), four letters in a State heading (as a rule a lost pair; but relays,
// which have four, write service messages to each other).
[[nodiscard]] std::optional<IndicatorFault> fault_of_indicator(View indicator, Message const& m);

}  // namespace torntape::validator
