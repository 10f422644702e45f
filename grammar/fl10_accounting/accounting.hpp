// FL10, accounting and group count. ACP 127(G) 133 (GR), Annex B.
//
//   fl10 = [acct SP] ("GR" [SP] 1*4D | "GRNC")
//
//   GR 37
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl10 {

[[nodiscard]] bool starts(View line);
Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl10
