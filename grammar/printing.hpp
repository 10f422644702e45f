// The other direction: a message printed as its profile writes it, one blank between groups, one address a
// line, the routing line filled and, in `state`, sorted.
//
// Of a capture (alphabets/capture.hpp) the feeds before pages and `NNNN` are left out, and a line end follows
// it.
//
// Nothing is lost: a message of whose heading some letter or figure would not come out again is printed as it
// stands, and so are matter before FL1, the text and what follows it, but for their line ends.
#pragma once

#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar {

enum class LineEnds : unsigned char {
  lf,
  crlf,
  wire  // 2CR 1LF, and five spaces after the transmission identification, as on a circuit (ACP 127(G) 138.a,
        // b)
};

// Printing what was printed gives the same; reading it gives the same heading.
[[nodiscard]] std::string print(Message const& message, LineEnds line_ends = LineEnds::lf);

// Whether `print` does more than copy: every letter and figure of the heading is in a part of the message.
[[nodiscard]] bool is_printable(Message const& message);

}  // namespace torntape::grammar
