// FL3, calling station and filing time. ACP 127(G) 115, 116, 129, 133.
//
//   fl3(state) = "DE" SP ri SP "#" 4*D [ "/" 2*D ] SP ddd hhmm
//   fl3(us)    = "DE" SP ri SP "#" 4*D SP ddd hhmm
//   fl3(127)   = "DE" SP ri [ SP ssn ] [ SP filing ]
//   ssn        = 1*4D [ L ]                   (* letter = position inside the station, 129 *)
//   filing     = dd "/" hhmm "Z" | ddd hhmm   (* calendar or Julian, 115 *)
//
//   DE RUEHTA #1399/01 2290141
//   DE RTBAKV 115B 02/0009Z
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl03 {

// "DE" and a second group, or, where the prosign is lost, an indicator and a group with the serial's mark.
[[nodiscard]] bool starts(View line);

// Where FL3 begins on the line of FL2, whose end was lost: " DE RTBAKV 115B 2310941"; npos where it does not.
[[nodiscard]] std::size_t joined(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl03
