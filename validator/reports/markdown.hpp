// The pages of the rules as documentation (docs/rules).
#pragma once

#include <string>

#include "validator/rule.hpp"

namespace torntape::validator::reports {

[[nodiscard]] std::string markdown(Rule const& rule);

// All rules: by format line, by severity, by profile.
[[nodiscard]] std::string markdown_index();

}  // namespace torntape::validator::reports
