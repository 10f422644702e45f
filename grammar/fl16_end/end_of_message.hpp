// FL16, end of message. ACP 127(G) 114, 138.d.
//
//   fl16 = "NNNN"
//
// Three or five are read as four, and noted.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl16 {

[[nodiscard]] bool is(View line);
Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl16
