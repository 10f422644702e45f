// Looks for characters that have no place in a heading. Private to grammar/.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "grammar/message.hpp"

namespace torntape::grammar {

// Lines of the heading, by their place in Message::lines, that are known to hold nothing to note. Only the
// first 64 are remembered; any other is looked at.
class PlainLines {
 public:
  void add(std::size_t line) { lines_ |= line < 64 ? std::uint64_t{1} << line : 0; }
  // The first line from this one on that is not known to be plain.
  [[nodiscard]] std::size_t next_other(std::size_t line) const {
    return line < 64 ? line + static_cast<std::size_t>(std::countr_one(lines_ >> line)) : line;
  }

 private:
  std::uint64_t lines_ = 0;
};

// Notes what the lines of the heading hold beside printing capitals and single blanks: lower case,
// control and foreign characters, doubled, leading and trailing blanks, lines over the limit.
void note_characters(Message& message, PlainLines const& plain);

}  // namespace torntape::grammar
