#include "grammar/block.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "grammar/characters.hpp"

namespace torntape::grammar {
namespace {

[[nodiscard]] constexpr bool is_plain_mark(char c) { return c == '-' || c == '.' || c == '/' || c == ' '; }

// Parts of a line overlap by a character, so that each pair of neighbours is seen.
[[nodiscard]] bool is_plain(Block const& block, std::uint32_t pairs = 0x7FFF) {
  return block.plain == 0xFFFF && (block.blanks & (block.blanks >> 1) & pairs) == 0;
}

// Less than a block: its first and its last eight characters.
[[nodiscard]] bool is_plain_short(View line, char also) {
  std::array<char, block_size> both{};
  std::memcpy(both.data(), line.data(), block_size / 2);
  std::memcpy(both.data() + block_size / 2, line.data() + line.size() - block_size / 2, block_size / 2);
  return is_plain(block_at(both.data(), also), 0x7F7F);  // the two in the middle are no neighbours
}

}  // namespace

Block block_by_character(char const* characters, char also) {
  Block block{};
  for (std::size_t i = 0; i != block_size; ++i) {
    auto const bit = std::uint32_t{1} << i;
    auto const c = characters[i];
    if (c == ' ') block.blanks |= bit;
    if (c == '/') block.slants |= bit;
    if (is_digit(c)) block.digits |= bit;
    if (is_letter(c)) block.letters |= bit;
    if (is_digit(c) || is_letter(c) || is_plain_mark(c) || c == also) block.plain |= bit;
  }
  return block;
}

#ifdef __SSE2__
Block block_at(char const* characters, char also) {
  __m128i word;
  std::memcpy(&word, characters, sizeof word);
  // Signed: what is above ASCII is below everything.
  auto const above = [&](char c) { return _mm_cmpgt_epi8(word, _mm_set1_epi8(c)); };
  auto const below = [&](char c) { return _mm_cmpgt_epi8(_mm_set1_epi8(c), word); };
  auto const equal = [&](char c) { return _mm_cmpeq_epi8(word, _mm_set1_epi8(c)); };
  auto const bits = [](__m128i bytes) { return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes)); };
  auto const blanks = equal(' ');
  auto const letters = _mm_and_si128(above('A' - 1), below('Z' + 1));
  auto const to_nine = below('9' + 1);
  auto const figures = _mm_and_si128(above('-' - 1), to_nine);  // - . / and the digits
  return {bits(blanks), bits(equal('/')), bits(_mm_and_si128(above('/'), to_nine)), bits(letters),
          bits(_mm_or_si128(_mm_or_si128(letters, figures), _mm_or_si128(blanks, equal(also))))};
}
#else
Block block_at(char const* characters, char also) { return block_by_character(characters, also); }
#endif

// Four blocks of any line, which overlap where it is short: as many as it needs would be a guess for the
// processor.
Places places_of(View line) {
  auto const last = line.size() - block_size;
  std::array const begin{std::size_t{0}, std::min(block_size, last), std::min(2 * block_size, last), last};
  std::array const blocks{block_at(line.data()), block_at(line.data() + begin[1]),
                          block_at(line.data() + begin[2]), block_at(line.data() + last)};
  auto const every = [&](std::uint32_t Block::* kind) {
    std::uint64_t places = 0;
    for (std::size_t i = 0; i != blocks.size(); ++i) places |= std::uint64_t{blocks[i].*kind} << begin[i];
    return places;
  };
  Places places;
  places.blanks = every(&Block::blanks);
  places.slants = every(&Block::slants);
  places.letters = blocks.front().letters;
  places.digits = std::uint64_t{blocks.back().digits} << last;
  auto const plain = every(&Block::plain);
  auto const whole = (std::uint64_t{1} << line.size()) - 1;
  auto const ends = std::uint64_t{1} | std::uint64_t{1} << (line.size() - 1);
  places.plain = plain == whole && (places.blanks & (places.blanks >> 1)) == 0 && (places.blanks & ends) == 0;
  return places;
}

bool is_plain(View line, char also) {
  if (line.size() < block_size / 2 || line.front() == ' ' || line.back() == ' ') return false;
  if (line.size() < block_size) return is_plain_short(line, also);
  auto const last = line.size() - block_size;
  for (std::size_t at = 0;; at = std::min(at + block_size - 1, last)) {
    if (!is_plain(block_at(line.data() + at, also))) return false;
    if (at == last) return true;
  }
}

}  // namespace torntape::grammar
