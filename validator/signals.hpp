// Operating signals where rules meet them: after the warning of FL4 and after the date-time group of FL5.
#pragma once

#include "validator/rule.hpp"

namespace torntape::validator {

// Z or Q, two letters, maybe a digit (ACP 127(G) 135).
[[nodiscard]] bool is_signal(View group);

// Every well-formed signal of FL4 and FL5, with its line.
template <class Visit>
void each_signal(Message const& message, Visit visit) {
  for (auto const group : message.transmission_instructions.operating_signals)
    if (is_signal(group)) visit(group, FormatLine::fl4);
  for (auto const group : message.preamble.message_instructions)
    if (is_signal(group)) visit(group, FormatLine::fl5);
}

// What says that the message went out before, so that it may be old: ZDK, ZDS, ZEL, ZFD, ZFG, ZFR or the
// service desk's CCY, in FL4 or FL5, slants around it or not; absent where nothing says so.
[[nodiscard]] View repeat_signal(Message const& message);

// The last signal of FL4, or the security group where no signal follows it.
[[nodiscard]] View end_of_instructions(Message const& message);

}  // namespace torntape::validator
