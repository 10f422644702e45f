// FL5, precedence, date-time group, message instructions. ACP 127(G) 113, 151, 152.
//
//   fl5(state)    = prec [SP prec] SP dd hh mm "Z" SP mon SP yy { SP instr }
//   fl5(127,126)  = prec [SP prec] SP dd hh mm zone [ SP mon [ SP (yyyy | yy) ] ] { SP opsig }
//   fl5(us,janap) = fl5(state) with yy or yyyy
//   prec          = "Z" | "O" | "P" | "R"            (* janap128 also "Y" *)
//
//   P 170141Z AUG 09
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl05 {

// A date-time group stands where FL5 has it, with or without a precedence, damaged or not.
[[nodiscard]] bool starts(View line);
// "P 170141Z": one letter, and a day and time of which no figure is damaged.
[[nodiscard]] bool starts_plainly(View line);

Reading read(View line, Message& message);
// A further line before FL6: kept verbatim, group by group.
Reading read_continuation(View line, Message& message);

// 1-12, or 0 for what is no month.
[[nodiscard]] unsigned month_number(View month);

}  // namespace torntape::grammar::fl05
