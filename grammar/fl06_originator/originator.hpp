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
// "FN AMEMBASSY ..", "FMAMEMBASSY ..", "F MAMEMBASSY ..": the length of a prosign one step away, before the
// first word of a name; 0 where there is no such thing.
[[nodiscard]] std::size_t damaged_prosign(View line);
// "FN RTBAKV", "FMRTBAKV": a first group one step from the prosign, whatever follows. Other lines may look so
// too.
[[nodiscard]] bool may_stand_first(View line);
// "AMEMBASSY ASTANA": the first word of a name, and no prosign before it.
[[nodiscard]] bool lacks_prosign(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl06
