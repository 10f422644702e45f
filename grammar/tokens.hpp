// A message as named tokens in order of place, each with what it means here and where that is laid
// down: what `annotate` prints and an inspector shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/message.hpp"

namespace torntape::grammar {

struct Token {
  View text;
  FormatLine format_line = FormatLine::none;
  std::string_view name;      // "channel-sequence-number"
  std::string meaning;        // of this very token, in a sentence without a period
  std::string_view citation;  // "ACP 127(G) 112.b"
};

// Tokens do not overlap; what stands between two of them is blanks and line ends.
[[nodiscard]] std::vector<Token> tokens(Message const& message);

}  // namespace torntape::grammar
