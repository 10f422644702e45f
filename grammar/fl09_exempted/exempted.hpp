// FL9, exempted addressees. ACP 127(G) 133 (XMT), 221.
//
//   fl9 = "XMT" SP plad { NL plad }
//
// Every line that follows is exempted too, up to FL10 or the separator. Some State headings write the
// prosign with a slant: XMT/AMEMBASSY TOKYO.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl09 {

[[nodiscard]] bool starts(View line);
Reading read_first(View line, Message& message);
Reading read_next(View line, Message& message);

}  // namespace torntape::grammar::fl09
