// A copy taken from the line, octet by octet, with its machine functions (ACP 127(G) 137, 138).
#pragma once

#include <string>

#include "validator/draft.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

// A capture in an alphabet of circuits, or a text whose FL1 ends with two carriage returns and a line feed,
// which only a capture keeps; or the user says so (Conventions::strict_line_ends).
[[nodiscard]] bool is_octet_capture(Message const& message);

// The message as a circuit carries it: its line ends, and the five spaces after the transmission
// identification.
[[nodiscard]] std::string as_octet_capture(Message const& message);

// The draft as a tape of ITA2 with its prescribed functions, by U.S. machines where a serial is marked.
// False, and nothing is done, where it has no FL1.
bool become_ita2_capture(Draft& draft);

}  // namespace torntape::validator
