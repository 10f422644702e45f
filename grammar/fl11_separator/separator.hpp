// FL11 and FL13, the separators before and after the text. ACP 127(G) 133 (BT), Annex B.
//
//   fl11 = fl13 = "BT"
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl11 {

// The prosign, or "B T", which is read as one and noted.
[[nodiscard]] bool is(View line);
Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl11
