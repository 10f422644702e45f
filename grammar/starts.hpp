// Lines that begin a message. Private to grammar/.
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar {

// Where no FL1 with VZCZC is sent: into a manual relay, or where copies lose their first lines.
[[nodiscard]] bool begins_without_start(View line);

}  // namespace torntape::grammar
