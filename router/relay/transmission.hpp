// A message as it leaves a relay: its own transmission identification and routing line before it, all the
// rest as it came (RT-05, RT-60, RT-61, RT-64).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/message.hpp"

namespace torntape::relay {

struct TransmissionHead {
  std::string identification;  // "XRO3820"
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::vector<std::string> called;  // FL2, in this order
  std::string here;                 // the relay that sends
  std::string sent_before_as;       // of a suspected duplicate: the identification it went under (SM-29)
  bool rerouted = false;            // under a misroute pilot: the heading goes on as it was received (SM-25)
};

// From VZCZC to NNNN. What stood before FL1 and after NNNN does not go out; an end that is missing is added.
[[nodiscard]] std::string transmission(TransmissionHead const& head, grammar::Message const& message);

// FL1 to FL3 of a transmission, without the last line's end.
[[nodiscard]] std::string_view first_lines(std::string_view transmission);

// What ends a transmission that is broken off: a new line, the error sign, the end of message (SM-22; ACP
// 127(G) 424.a).
inline constexpr std::string_view cancellation = "\nE E E E E E E E AR\nNNNN\n";

// Whether it was broken off by its sender: it counts for its number alone (RT-74).
[[nodiscard]] bool cancelled(grammar::Message const& message);

// The precedence that FL2 shows: that of FL5, of FL2 where there is no FL5.
[[nodiscard]] grammar::Precedence routing_precedence(grammar::Message const& message);

}  // namespace torntape::relay
