// The report a tester hands in: every rule of the profile with its paragraph, how often it was put to the
// test, how often it was broken, and the result.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"

namespace torntape::validator::reports::acceptance {

struct Tested {
  std::size_t messages = 0;  // for which the rule was in force
  std::size_t findings = 0;
  grammar::Severity gravest = grammar::Severity::off;  // of the findings
};

struct Acceptance {
  std::string title;                         // what was checked: "traffic/"
  std::map<std::string, std::size_t> kinds;  // "state relay" and how many messages
  std::size_t messages = 0;
  std::size_t failed_inputs = 0;  // that could not be read
  std::map<std::string_view, Tested> rules;
  grammar::Severity fails_at = grammar::Severity::error;
};

[[nodiscard]] std::string text(Acceptance const& acceptance);
// One file that needs no other.
[[nodiscard]] std::string html(Acceptance const& acceptance);

}  // namespace torntape::validator::reports::acceptance
