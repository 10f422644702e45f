// Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), in pieces that stand one after another: one head,
// the results with commas between them, one tail.
#pragma once

#include <string>
#include <string_view>

#include "validator/reports/text.hpp"
#include "validator/rule.hpp"

namespace torntape::validator::reports::sarif {

struct Tool {
  std::string_view version;
  std::string_view home;  // of its files, to link the pages of the rules; empty where it has none
};

// Up to the opening of the list of results; holds every rule with its help.
[[nodiscard]] std::string head(Tool const& tool);
[[nodiscard]] std::string result(Source const& source, grammar::Diagnostic const& finding,
                                 std::string_view fingerprint);
// `complete`: false where an input could not be read.
[[nodiscard]] std::string tail(bool complete);

}  // namespace torntape::validator::reports::sarif
