// FL15. End-of-message validation, the serial of FL3 again (U.S. supplement; State copies on the wire), or
// corrections to the text (ACP 127(G) 133 C, 211.c-d, 223).
//
//   fl15(us,janap,state) = "#" 4*D
//   fl15(127,126)        = "C" SP [ "PAGE" SP n SP ] [ "LINE" SP n SP ] { prosign | signal | word }
//
//   #1399
//   C PAGE 2 LINE 3 WA 1500Z POSITION
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl15 {

[[nodiscard]] bool is(View line);
Reading read(View line, Message& message);

// A line of corrections; it stands after the second separator only.
[[nodiscard]] bool is_correction(View line);
Reading read_correction(View line, Message& message);

}  // namespace torntape::grammar::fl15
