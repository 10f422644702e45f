// A transmission that its sender broke off. ACP 127(G) 424.a-c: a line of the error sign and AR, of ZXB ("was
// interrupted, ask for a complete copy") or of ZPH ("is cancelled, a complete copy follows"), before the end
// of message.
//
//   cancellation = "E E E E E E E E AR" | "ZXB" { SP "ZXB" } | "ZPH" { SP "ZPH" }
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl16 {

[[nodiscard]] bool cancels(View line);

// The line that cancels a message: its last one, but for the end of message. Absent where none does.
[[nodiscard]] View cancellation(Message const& message);

}  // namespace torntape::grammar::fl16
