// Looks for characters that have no place in a heading. Private to grammar/.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar {

// Notes what the lines of the heading hold beside printing capitals and single blanks: lower case,
// control and foreign characters, doubled, leading and trailing blanks, lines over the limit.
void note_characters(Message& message);

}  // namespace torntape::grammar
