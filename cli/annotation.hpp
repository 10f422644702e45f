// A heading with every token named and explained: the lines as they stand, bracketed token by token, and
// under each format line what its tokens are.
#pragma once

#include <cstddef>
#include <string>

#include "grammar/message.hpp"

namespace torntape::cli {

struct AnnotationStyle {
  bool colour = false;
  bool line_drawing = true;  // brackets and dots beyond ASCII
  std::size_t width = 80;
};

// Tokens of one format line that mean the same share an explanation, with their number.
[[nodiscard]] std::string annotation(grammar::Message const& message, AnnotationStyle const& style);

}  // namespace torntape::cli
