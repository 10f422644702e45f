// FL3, calling station and filing time. ACP 127(G) 115, 116, 129, 133.
//
//   fl3(state) = "DE" SP ri SP "#" 4*D [ "/" 2*D ] SP ddd hhmm
//
//   DE RUEHTA #1399/01 2290141
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl03 {

// "DE" and a second group, or, where the prosign is lost, an indicator and a group with the serial's mark.
[[nodiscard]] bool starts(View line);

Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl03
