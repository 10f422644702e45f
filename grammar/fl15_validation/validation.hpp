// FL15, end-of-message validation: the serial of FL3 again (U.S. supplement; State copies on the wire).
//
//   fl15(state) = "#" 4*D
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl15 {

[[nodiscard]] bool is(View line);
Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl15
