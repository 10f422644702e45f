// FL4, security warning and transmission instructions. ACP 127(G) 124.b, 203; 5 FAH-2 H-320.
//
//   fl4(state,us,janap) = warn [ "/" 5*L ] { SP opmatter }
//   fl4(127)            = [ warn ] { SP opmatter } { NL instr }
//   warn                = "ZNR" SP "UUUUU" | "ZNY" SP five
//   five                = 5 x same(c) | 3 x same(c) trc trc      (* c: E C S T, 127 also R *)
//   instr               = [ri SP] "T" { SP desig } | "ZGC" | "ZOT" SP desig { SP desig } | "ZEQ6" | opsig {
//   SP desig }
//
//   ZNY CCCCC ZZH
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl04 {

// Begins with the security warning, damaged or not.
[[nodiscard]] bool starts(View line);
// "ZNY CCCCC": with one that is whole.
[[nodiscard]] inline bool starts_with_warning(View line) {
  return line.starts_with("ZNY ") || line.starts_with("ZNR ");
}
// Begins with some operating signal: instructions without a warning, or before it.
[[nodiscard]] bool starts_with_signal(View line);
// "T", "T XYAG", "RTBA T XYAG": whom the called stations are to transmit to (ACP 127(G) 133, 206.a(3)).
[[nodiscard]] bool is_transmit(View line);

Reading read(View line, Message& message);
// A further line before FL5: service references and remarks, kept verbatim.
Reading read_continuation(View line, Message& message);

}  // namespace torntape::grammar::fl04
