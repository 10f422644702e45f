// The part of tokens.cpp that sees to it that nothing stays unexplained: prosigns, marks, text, and what
// could not be read.
#pragma once

#include <vector>

#include "grammar/tokens.hpp"

namespace torntape::grammar {

// `parts` in order of place, not overlapping. Fills in the format line of each, and adds a token for
// everything but blanks that stands between them.
[[nodiscard]] std::vector<Token> with_rest(Message const& message, std::vector<Token> parts);

}  // namespace torntape::grammar
