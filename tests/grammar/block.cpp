// Sixteen characters at a time give what one at a time gives.
#include "grammar/block.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace torntape::grammar {
namespace {

bool same(Block const& a, Block const& b) {
  return a.blanks == b.blanks && a.slants == b.slants && a.digits == b.digits && a.letters == b.letters &&
         a.plain == b.plain;
}

// Mostly what headings are made of, so that whole lines of it are plain.
std::string line_of(std::mt19937& random, std::size_t length) {
  constexpr View usual = "ABCXYZ0189-./ @[`{,:'#";
  bool const plain = random() % 2 == 0;
  std::string line;
  for (; length != 0; --length) line += usual[random() % (plain ? 14 : usual.size())];
  if (random() % 4 == 0 && !line.empty()) line[random() % line.size()] = static_cast<char>(random());
  return line;
}

std::string without_mark(std::string line) {
  std::ranges::replace(line, '#', 'A');
  return line;
}

bool is_plain_by_character(View line) {
  if (line.empty() || line.front() == ' ' || line.back() == ' ' || line.find("  ") != View::npos)
    return false;
  return std::ranges::all_of(line, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || View("-./ ").find(c) != View::npos;
  });
}

}  // namespace

TEST_CASE("every character is told the same by the block and alone") {
  for (unsigned c = 0; c != 256; ++c)
    for (std::size_t at = 0; at != block_size; ++at) {
      std::string line(block_size, 'A');
      line[at] = static_cast<char>(c);
      REQUIRE(same(block_at(line.data()), block_by_character(line.data())));
      REQUIRE(same(block_at(line.data(), '#'), block_by_character(line.data(), '#')));
    }
}

TEST_CASE("places are those of the characters, whatever the length of the line") {
  std::mt19937 random(1399);
  for (int i = 0; i != 20000; ++i) {
    auto const line = line_of(random, 16 + random() % 48);
    REQUIRE(fits_places(line));
    auto const places = places_of(line);
    CAPTURE(line);
    for (std::size_t at = 0; at != 64; ++at) {
      char const c = at < line.size() ? line[at] : '\0';
      auto const holds = [&](std::uint64_t bits) { return (bits >> at & 1) != 0; };
      REQUIRE(holds(places.blanks) == (c == ' '));
      REQUIRE(holds(places.slants) == (c == '/'));
      bool const first = at < block_size, last = at + block_size >= line.size();
      REQUIRE(holds(places.digits) == (last && c >= '0' && c <= '9'));
      REQUIRE(holds(places.letters) == (first && c >= 'A' && c <= 'Z'));
    }
    REQUIRE(places.plain == is_plain_by_character(line));
  }
}

TEST_CASE("a line is plain when every character and every pair of them is") {
  std::mt19937 random(1399);
  for (int i = 0; i != 20000; ++i) {
    auto const line = line_of(random, 8 + random() % 90);
    CAPTURE(line);
    REQUIRE(is_plain(line) == is_plain_by_character(line));
    auto marked = line;
    marked[random() % marked.size()] = '#';
    REQUIRE_FALSE(is_plain(marked));
    REQUIRE(is_plain(marked, '#') == is_plain_by_character(without_mark(marked)));
  }
}

}  // namespace torntape::grammar
