// The identity of a message: who filed it, under which serial, and when (RT-30; ACP 127(G) 116, 303).
#pragma once

#include <string>

#include "grammar/message.hpp"

namespace torntape::relay {

// "RUEHTA 1399/01 2290141"; empty where FL3 lacks the indicator, the serial or the time of file.
[[nodiscard]] std::string identity(grammar::Message const& message);

// Whether it came under ZFD, "this message is a suspected duplicate" (RT-31, RT-32), in a pilot, FL4 or FL5.
[[nodiscard]] bool suspected_duplicate(grammar::Message const& message);

}  // namespace torntape::relay
