// How much of a message the grammar could name.
#pragma once

#include <cstddef>

#include "grammar/message.hpp"

namespace torntape::grammar {

// In bytes, blanks and line ends apart.
struct Coverage {
  std::size_t printing = 0;
  std::size_t named = 0;  // in a token that is not `unread` and not `not-a-message`
};

[[nodiscard]] Coverage coverage(Message const& message);

}  // namespace torntape::grammar
