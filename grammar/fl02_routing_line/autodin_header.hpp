// FL2 of an AUTODIN message: fixed positions, then the routing. JANAP 128 by NAVEDTRA 14226.
//
//   fl2(janap) = jprec lmf lmf class cic SP osri ssn SP ddd hhmm "-" 4*class "--" ri {SP ri} "."
//                (* 1 precedence, 2-3 media, 4 class, 5-8 content indicator, 9 SP, 10-16 originator, 17-20
//                serial,
//                   21 SP, 22-24 day, 25-28 time, 29 hyphen, 30-33 class, 34-35 start of routing, period =
//                   its end *)
//
//   RTTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl02 {

Reading read_autodin_header(View line, Message& message);
// A line of indicators that carries the routing on, up to the period.
Reading read_autodin_routing(View line, Message& message);
// Notes a routing that has no end, and a class that contradicts its repetition.
void finish_autodin_header(Message& message);

}  // namespace torntape::grammar::fl02
