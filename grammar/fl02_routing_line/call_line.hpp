// FL2 of ACP 126: call signs in place of indicators, and FL3 on the same line. Private to grammar/.
//
//   fl2(126) = callsign { SP callsign } SP "DE" SP callsign [ SP "NR" SP 1*4D ]
//
//   NABC NDEF DE NXYZ NR 123
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl02 {

// Such a line, its prosigns damaged or lost; the number may be missing.
[[nodiscard]] bool is_call(View line);
// Such a line as it should be, with its number: no other line looks like it.
[[nodiscard]] bool is_numbered_call(View line);

Reading read_call(View line, Message& message);

}  // namespace torntape::grammar::fl02
