// Diagnostics for people, as a good compiler prints them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"

namespace torntape::validator::reports {

// What the diagnostics are about: a file of messages, one message of a stream, or a network file.
struct Source {
  std::string_view name;         // "heading.txt", "-"
  std::string_view text;         // the bytes that the spans fall into
  grammar::Position position{};  // of `text` in the input, where it is a part of it
};

struct Style {
  bool colour = false;      // ANSI escapes
  bool narratable = false;  // sentences instead of drawings, for screen readers
  std::size_t width = 100;  // columns of a source line before it is cut
};

// One diagnostic, ending in a line end.
[[nodiscard]] std::string text(Source const& source, grammar::Diagnostic const& diagnostic,
                               Style const& style = {});

}  // namespace torntape::validator::reports
