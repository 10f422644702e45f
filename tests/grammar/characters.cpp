// The distance of two words, by bits and by its table.
#include "grammar/characters.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace torntape::grammar {
namespace {

std::size_t by_table(View a, View b) {
  std::vector<std::vector<std::size_t>> to(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        to[i][j] = i + j;
        continue;
      }
      auto const replaced = to[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      to[i][j] = std::min({to[i - 1][j] + 1, to[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        to[i][j] = std::min(to[i][j], to[i - 2][j - 2] + 1);
    }
  return to[a.size()][b.size()];
}

std::string word(std::mt19937& random, std::size_t longest) {
  std::string text;
  for (auto length = random() % (longest + 1); length != 0; --length)
    text += static_cast<char>('A' + random() % 3);
  return text;
}

}  // namespace

TEST_CASE("a letter put in, left out, replaced or swapped with its neighbour is one step") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "DE") == 2);
  CHECK(edit_distance("PRIORITY", "PRIORITY") == 0);
  CHECK(edit_distance("PRIOITY", "PRIORITY") == 1);
  CHECK(edit_distance("PRIIORITY", "PRIORITY") == 1);
  CHECK(edit_distance("PRIORITX", "PRIORITY") == 1);
  CHECK(edit_distance("RPIORITY", "PRIORITY") == 1);
  CHECK(edit_distance("ED", "DE") == 1);
}

TEST_CASE("the distance of two words is that of the table of all their beginnings") {
  std::mt19937 random(1399);
  for (int i = 0; i != 20000; ++i) {
    auto const longest = i % 8 == 0 ? std::size_t{32} : std::size_t{9};
    auto const a = word(random, longest), b = word(random, longest);
    CAPTURE(a, b);
    auto const distance = by_table(a, b);
    REQUIRE(edit_distance(a, b) == distance);
    for (unsigned most = 0; most != 4; ++most) REQUIRE(is_near(a, b, most) == (distance <= most));
  }
}

}  // namespace torntape::grammar
