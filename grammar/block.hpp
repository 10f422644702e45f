// Sixteen characters of a line at a time: where each kind of them stands, a bit each, the first character in
// the lowest bit. Private to grammar/.
#pragma once

#include <cstddef>
#include <cstdint>

#include "grammar/message.hpp"

namespace torntape::grammar {

inline constexpr std::size_t block_size = 16;

struct Block {
  std::uint32_t blanks, slants, digits;
  std::uint32_t letters;  // A-Z
  std::uint32_t plain;    // capitals, digits, - . / and the space: nothing that needs a second look
};

// Reads block_size characters; `also` is plain here.
[[nodiscard]] Block block_at(char const* characters, char also = ' ');
// The same, a character at a time: what it must give on every processor.
[[nodiscard]] Block block_by_character(char const* characters, char also = ' ');

// The same of a whole line.
struct Places {
  std::uint64_t blanks = 0, slants = 0;
  std::uint64_t digits = 0;   // of its last sixteen characters
  std::uint64_t letters = 0;  // of its first sixteen
  bool plain = false;         // nothing but what is plain, no blank at either end, none beside another
};

// Whether a line is neither too short nor too long for that: a place past its end must have a bit too.
[[nodiscard]] constexpr bool fits_places(View line) { return line.size() >= block_size && line.size() < 64; }
[[nodiscard]] Places places_of(View line);

// As Places::plain, of a line of any length; false for one of less than half a block.
[[nodiscard]] bool is_plain(View line, char also = ' ');

}  // namespace torntape::grammar
