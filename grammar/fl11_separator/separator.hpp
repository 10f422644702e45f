// FL11 and FL13, the separators before and after the text. ACP 127(G) 133 (BT), Annex B.
//
//   fl11 = fl13 = "BT"
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl11 {

// The prosign, or "B T", which is read as one and noted.
[[nodiscard]] bool is(View line);
// One letter away from it: "B", "DBT", "TB". Only what follows can tell that it was meant.
[[nodiscard]] bool may_be_damaged(View line);
Reading read(View line, Message& message);

// "BT UNCLAS": what stands behind the prosign on its line; absent where it does not stand first.
[[nodiscard]] View joined_text(View line);
void read_joined(View line, Message& message);

}  // namespace torntape::grammar::fl11
