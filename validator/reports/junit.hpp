// Findings as JUnit XML, as servers of continuous integration read it: a suite is an input, a case a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "validator/reports/text.hpp"

namespace torntape::validator::reports::junit {

[[nodiscard]] std::string head();
[[nodiscard]] std::string suite_head(std::string_view source, std::size_t messages, std::size_t failures);
[[nodiscard]] std::string suite_tail();
[[nodiscard]] std::string tail();

struct Case {
  std::string text;
  bool failed = false;
};
// A message that has a finding of `fails_at` or above has failed; what is milder stands in its output.
[[nodiscard]] Case test_case(Source const& source, std::vector<grammar::Diagnostic> const& found,
                             grammar::Severity fails_at);

}  // namespace torntape::validator::reports::junit
