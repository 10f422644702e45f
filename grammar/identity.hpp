// The identity of a message: who filed it, under which serial, and when (ACP 127(G) 116, 303).
#pragma once

#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar {

// "RUEHTA 1399/01 2290141"; empty where FL3 lacks the indicator, the serial or the time of file.
[[nodiscard]] std::string identity(Message const& message);

// Whether it came under ZFD, "this message is a suspected duplicate", in a pilot, FL4 or FL5 (427).
[[nodiscard]] bool suspected_duplicate(Message const& message);

}  // namespace torntape::grammar
