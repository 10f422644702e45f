// FL1, transmission identification. ACP 127(G) 112, 124, 127, 128, 202.c; 5 FAH-2 H-321.1.
//
//   fl1(state)    = "V" "ZCZC" L L ("I" | "O" | "Z") 3*4D
//   fl1(us,janap) = "V" "ZCZC" L L L 3*D
//   fl1(127)      = ti { ti } [ SP {SP} [ "UU" | "HH" ] ]      (* newest number first: 311.c, 426.k, 433 *)
//   ti            = "V" "ZCZC" L L L 3*D                       (* into an automatic relay: 202.c(1) *)
//                 | [ "VV" SP {SP} ] L L L [SP] 3*D            (* into a manual or semiautomatic relay:
//                 202.c(2) *)
//   fl1(126)      = "V" "ZCZC" [ L L L ] 3*D [ SP "UU" ]
//
//   VZCZCXRO3820
//   VZCZCEUC093WNA114     UU
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl01 {

inline constexpr View start_of_message = "VZCZC";

[[nodiscard]] bool starts(View line);
// An identification as a manual relay has it, without ZCZC: "VV   PCB111     UU", "EUC093".
[[nodiscard]] bool is_manual(View line);
// A line that may be what is left of an FL1: letters, then three or four digits, one group.
[[nodiscard]] bool may_be_damaged(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl01
