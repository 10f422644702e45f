// FL6, originator. ACP 127(G) 133, Annex B; 5 FAH-2 H-232.
//
//   fl6 = "FM" SP desig
//
//   FM AMEMBASSY ASTANA
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl06 {

// "FM", or what people write for it: "FROM", "From:".
[[nodiscard]] bool starts(View line);
// "FN AMEMBASSY ..": a prosign one letter away, before the first word of a name.
[[nodiscard]] bool may_be_damaged(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl06
