#include "grammar/characters.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace torntape::grammar {
namespace {

// Where each character of two words stands in the first of them, a bit each.
class PlacesInWord {
 public:
  PlacesInWord(View word, View other) {
    for (char const c : other) at(c) = 0;
    for (char const c : word) at(c) = 0;
    for (std::size_t i = 0; i != word.size(); ++i) at(word[i]) |= std::uint32_t{1} << i;
  }
  [[nodiscard]] std::uint32_t of(char c) const { return places_[static_cast<unsigned char>(c)]; }

 private:
  [[nodiscard]] std::uint32_t& at(char c) { return places_[static_cast<unsigned char>(c)]; }

  std::array<std::uint32_t, 256> places_;  // of the characters that occur: the others are never asked for
};

}  // namespace

// A column of the table of distances in one word, a bit a row: Hyyrö, A Bit-Vector Algorithm for Computing
// Levenshtein and Damerau Edit Distances, 2003.
unsigned edit_distance(View a, View b) {
  constexpr std::size_t longest = 32;
  if (a.size() > longest || b.size() > longest) return longest;
  if (a.empty()) return static_cast<unsigned>(b.size());
  PlacesInWord const places(a, b);
  auto const last = std::uint32_t{1} << (a.size() - 1);
  auto distance = static_cast<unsigned>(a.size());
  std::uint32_t rises = ~std::uint32_t{0}, falls = 0;  // from a row to the one below
  std::uint32_t equal = 0, diagonal = 0;
  for (char const c : b) {
    auto const equal_before = std::exchange(equal, places.of(c));
    auto const swapped = ((~diagonal & equal) << 1) & equal_before;
    diagonal = swapped | (((equal & rises) + rises) ^ rises) | equal | falls;
    auto right = falls | ~(diagonal | rises);  // rises from a column to the next
    auto left = diagonal & rises;
    if ((right & last) != 0) ++distance;
    if ((left & last) != 0) --distance;
    right = right << 1 | 1;
    left <<= 1;
    rises = left | ~(diagonal | right);
    falls = right & diagonal;
  }
  return distance;
}

bool is_near(View a, View b, unsigned most) {
  auto const longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > most) return false;
  return !differ_by_more(letters_of(a), letters_of(b), most) && edit_distance(a, b) <= most;
}

}  // namespace torntape::grammar
