// Findings as JUnit XML, as servers of continuous integration read it: a suite is an input, a case a message;
// what only several messages together have shown are cases of a suite of their own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "validator/reports/text.hpp"

namespace torntape::validator::reports::junit {

[[nodiscard]] std::string head();
[[nodiscard]] std::string suite_head(std::string_view name, std::size_t cases, std::size_t failures);
[[nodiscard]] std::string suite_tail();
[[nodiscard]] std::string tail();

enum class Of { message, set };

struct Case {
  std::string text;
  bool failed = false;
};
// A message that has a finding of `fails_at` or above has failed; what is milder stands in its output.
[[nodiscard]] Case test_case(Source const& source, std::vector<grammar::Diagnostic> const& found,
                             grammar::Severity fails_at, Of of = Of::message);

}  // namespace torntape::validator::reports::junit
