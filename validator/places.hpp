// Places that rules point at, beside the parsed parts.
#pragma once

#include <cstddef>

#include "validator/rule.hpp"

namespace torntape::validator {

// The index of the source line that holds a place; the end of the input belongs to the last line.
[[nodiscard]] std::size_t line_index(Message const& message, View place);

// The line with its ending.
[[nodiscard]] View whole(grammar::Line const& line);

// From the beginning of one view to the end of another, later one.
[[nodiscard]] View stretch(View first, View last);

// The first line of a format line, or null.
[[nodiscard]] grammar::Line const* line_of(Message const& message, FormatLine format_line);

// What is to be erased so that a group of a line is gone: the blank that parts it from its neighbour goes
// with it, and a line that held nothing else goes as a whole.
[[nodiscard]] View group_with_its_blank(Message const& message, View group);

// A service message between neighbours, which may go without serial number, warning and separators
// (ACP 127(G) 405.b).
[[nodiscard]] bool is_direct_service(Message const& message);

// A test, a channel check or the answer to one: it has no time of file either (ACP 127(G) 405.e, 411, 412.e).
[[nodiscard]] bool is_test(Message const& message);

}  // namespace torntape::validator
