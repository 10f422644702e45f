// What the edits of a fix make of the lines they touch.
#pragma once

#include <string>
#include <vector>

#include "validator/reports/text.hpp"

namespace torntape::validator::reports {

// Lines that stand together: those taken out and those put in their place.
struct ChangedLines {
  std::size_t number = 1;  // of the first line taken out, or before which the new ones come
  std::vector<std::string> before;
  std::vector<std::string> after;
};

[[nodiscard]] std::vector<ChangedLines> changed_lines(Source const& source, grammar::Fix const& fix);

}  // namespace torntape::validator::reports
