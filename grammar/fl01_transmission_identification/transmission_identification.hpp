// FL1, transmission identification. ACP 127(G) 112, 127, 128, 202.c; 5 FAH-2 H-321.1.
//
//   fl1(state) = "V" "ZCZC" L L ("I" | "O" | "Z") 3*4D
//
//   VZCZCXRO3820
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl01 {

inline constexpr View start_of_message = "VZCZC";

[[nodiscard]] bool starts(View line);
// A line that may be what is left of an FL1: letters, then three or four digits, one group.
[[nodiscard]] bool may_be_damaged(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl01
