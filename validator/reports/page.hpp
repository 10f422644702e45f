// A rule's page, as `explain` prints it, and its line in the list of rules.
#pragma once

#include <string>

#include "validator/reports/text.hpp"
#include "validator/rule.hpp"

namespace torntape::validator::reports {

[[nodiscard]] std::string page(Rule const& rule, Style const& style = {});

// "FL2-01  precedence-not-doubled  EEE--  the routing line begins with ..", without a line end.
[[nodiscard]] std::string list_line(Rule const& rule);

// "error in state, acp127; information in janap128; not applied in acp126".
[[nodiscard]] std::string severities_in_words(Rule const& rule);
// "every copy", "every copy but those of archives", ...
[[nodiscard]] std::string kinds_in_words(Rule const& rule);

}  // namespace torntape::validator::reports
