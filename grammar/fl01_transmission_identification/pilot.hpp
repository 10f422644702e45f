// A pilot: lines of FL1 before the heading as it was received. ACP 127(G) 120, 420.g, 426.e, 427.a, Annex B.
//
//   pilot = pp SP ri {SP ri} NL [warn SP] ("ZOV" | "ZFD" | "ZDG" | "ZEL") [SP ri] [SP "T" {SP desig}]
//
//   OO RTDASL
//   ZOV RTBA
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl01 {

// The second line of a pilot. It stands between a routing line and the heading that was received.
[[nodiscard]] bool is_pilot_signal(View line);

// Makes a pilot of the routing line just read and of this line.
// "Z0V RTBA", "ZOVRTBA": one that is damaged. Other lines look so too: it is one where the heading as it was
// received follows.
[[nodiscard]] bool is_damaged_pilot_signal(View line);

Reading read_pilot(View line, Message& message);

}  // namespace torntape::grammar::fl01
