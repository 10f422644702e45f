// What a finding is known by from one run to the next.
#pragma once

#include <string>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

// 16 hexadecimal digits for each finding, of the rule, the message (FL3 and FL5), the text of the line
// without blanks around it and, of equal ones, which one it is. The same wherever the message stands: in
// another file, behind other messages or further down.
[[nodiscard]] std::vector<std::string> fingerprints(Message const& message,
                                                    std::vector<grammar::Diagnostic> const& found);

// The same for a finding about a set of messages: of the rule and what it says.
[[nodiscard]] std::string fingerprint(grammar::Diagnostic const& finding, View line);

}  // namespace torntape::validator
