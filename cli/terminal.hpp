// What the terminal can show: colour and width.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace torntape::cli {

// `automatic` is on for a terminal, unless NO_COLOR is set or the terminal is a dumb one.
[[nodiscard]] bool use_colour(Colour colour, std::FILE* stream);

// Characters beyond ASCII: everywhere but on a terminal whose locale is not one of UTF-8.
[[nodiscard]] bool shows_line_drawing(std::FILE* stream);

[[nodiscard]] bool is_terminal(std::FILE* stream);

// Columns: those of the terminal, else COLUMNS, else 80. Never less than 40.
[[nodiscard]] std::size_t width(std::FILE* stream);

// Puts text into a style, or leaves it as it is. `sgr` is the parameter of Select Graphic Rendition: "1;36".
class Style {
 public:
  explicit Style(bool on) : on_(on) {}
  [[nodiscard]] bool on() const { return on_; }
  [[nodiscard]] std::string operator()(std::string_view sgr, std::string_view text) const;

 private:
  bool on_;
};

// The text with every control character and byte outside ASCII made visible: what comes from a file never
// reaches a terminal as a command. UTF-8 is let through, but for C1 controls.
[[nodiscard]] std::string printable(std::string_view text);

// How many columns a text of UTF-8 takes, at one a character.
[[nodiscard]] std::size_t columns(std::string_view text);

}  // namespace torntape::cli
