// FL2, called stations. ACP 127(G) 151.a, 204, 303; 5 FAH-2 H-321.2.
//
//   fl2(state,127,us) = [bell] pp SP ri {SP ri} { NL ri {SP ri} }
//   pp                = "ZZ" | "OO" | "PP" | "RR"
//   ri                = ("R" | "Q") L L L [L] [L] [L]
//   fl2(janap)        = see autodin_header.hpp
//   fl2(126)          = see call_line.hpp
//
//   PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP
//   RUEHPW RUEHROV RUEHSL RUEHSR
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "grammar/message.hpp"

namespace torntape::grammar::fl02 {

// The columns a State routing line is filled to (observed; ACP 127(G) 138.f allows 69).
inline constexpr std::size_t width = 70;

// Of one message; a line that begins beyond is not read. AUTODIN takes at most 500.
inline constexpr std::size_t max_routing_indicators = 1000;

// A line that can only be a routing line, wherever it stands.
[[nodiscard]] bool starts(View line);
// After FL1 any line that is no other format line is read as FL2; false when nothing in it fits.
[[nodiscard]] bool may_be(View line);

// The fixed header of an AUTODIN message stands, damaged or not (autodin_header.hpp reads it).
[[nodiscard]] bool is_autodin_header(View line);

// Reads "PP RUEHBI RUEHCI", or a further line of indicators alone, as far as no letter is damaged. False, and
// nothing done, for any other.
[[nodiscard]] bool read_sound(View line, Message& message);
[[nodiscard]] bool read_sound_continuation(View line, Message& message);

Reading read(View line, Message& message);
// A line of bare indicators, which carries a routing line on; none, and nothing done, for any other.
std::optional<Reading> read_continuation(View line, Message& message);
// What can be said when the last line of FL2 is read: repetitions and order.
void finish(Message& message);

// Prints a routing line, filled greedily; no line end after the last line. The indicators stand in the
// order given.
[[nodiscard]] std::string print(Precedence precedence, std::span<std::string const> routing_indicators);

}  // namespace torntape::grammar::fl02
