// A diagnostic in sentences: nothing is said by the position of a sign on the screen.
#pragma once

#include "validator/reports/text.hpp"

namespace torntape::validator::reports {

[[nodiscard]] std::string narration(Source const& source, grammar::Diagnostic const& diagnostic,
                                    Style const& style);

}  // namespace torntape::validator::reports
