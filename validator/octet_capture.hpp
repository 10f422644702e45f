// A copy taken from the line, octet by octet, with its machine functions (ACP 127(G) 137, 138).
#pragma once

#include <string>

#include "validator/rule.hpp"

namespace torntape::validator {

// FL1 ends with two carriage returns and a line feed, which only a capture of the circuit keeps; or the user
// says so (Conventions::strict_line_ends).
[[nodiscard]] bool is_octet_capture(Message const& message);

// The message as a circuit carries it: its line ends, and the five spaces after the transmission
// identification.
[[nodiscard]] std::string as_octet_capture(Message const& message);

}  // namespace torntape::validator
