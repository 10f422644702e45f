// A line of a source as people can see it: control characters and blanks at the end made visible, long lines
// cut, and every byte at a known column.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "validator/reports/text.hpp"

namespace torntape::validator::reports {

// Bytes of the UTF-8 sequence that the text begins with; 0 where none does, or there is no text.
[[nodiscard]] std::size_t sequence_length(std::string_view text);

// The line that holds a place of the source, without its ending.
struct Located {
  std::string_view text;
  std::size_t number;  // from 1
  std::size_t begin;   // the place, in bytes of `text`
  std::size_t end;     // not beyond the end of the line
  std::size_t last;    // the number of the line in which the place ends
};
[[nodiscard]] Located locate(Source const& source, grammar::Span const& span);

// Signs of one column for what cannot be seen, or (for a reader's voice) words for it.
enum class Invisible : unsigned char { signs, words };

// A text with what cannot be seen in it made visible, but for its line ends.
[[nodiscard]] std::string with_pictures(std::string_view text);

// The drawn line and, for every byte of the line and the point behind it, the column where it is drawn.
class Drawn {
 public:
  Drawn(std::string_view line, Invisible invisible);

  // At most `width` columns, with `begin` .. `end` (bytes) among them as far as they fit.
  void cut(std::size_t width, std::size_t begin, std::size_t end);

  [[nodiscard]] std::string text() const;
  // Columns from the left edge of text(), from 0.
  [[nodiscard]] std::size_t column(std::size_t byte) const;

 private:
  struct Cell {
    std::size_t byte;
    std::size_t column;
    std::size_t width;
    std::string text;
  };
  [[nodiscard]] std::size_t column_in_line(std::size_t byte) const;
  [[nodiscard]] std::size_t width() const;

  std::vector<Cell> cells_;
  std::size_t bytes_;
  std::size_t from_ = 0;  // columns shown: from_ .. to_
  std::size_t to_;
  std::string cut_mark_;
};

}  // namespace torntape::validator::reports
