#include "traffic/generator/mix_file.hpp"

#include <catch2/catch.hpp>

namespace torntape::generator::test {

TEST_CASE("a mix says what is other than in the one it is based on") {
  auto const read = read_mix(
      "based_on = \"relayed\"\nforms = { plaindress = 8, book = 2 }\nlines = [3, 4]\ncollectives = 7\n",
      "mix.toml");
  REQUIRE(read.errors.empty());
  CHECK(read.mix.copies == std::array<std::uint32_t, 5>{0, 1, 0, 0, 0});
  CHECK(read.mix.forms[static_cast<std::size_t>(Form::book)] == 2);
  CHECK(read.mix.forms[static_cast<std::size_t>(Form::sectioned)] == 0);
  CHECK(read.mix.content.fewest_lines == 3);
  CHECK(read.mix.content.most_lines == 4);
  CHECK(read.mix.content.collectives_per_cent == 7);
}

TEST_CASE("what a mix cannot say is told with its place") {
  auto const error = [](std::string_view text) {
    auto const read = read_mix(text, "mix.toml");
    return read.errors.empty() ? std::string("none") : read.errors.front();
  };
  CHECK(error("formes = 1") == "mix.toml:1:1: unknown key 'formes'");
  CHECK(error("\nforms = { letter = 1 }").starts_with("mix.toml:2:11: 'letter' is none of plaindress, "));
  CHECK(error("forms = 3").starts_with("mix.toml:1:9: expected a table of weights of plaindress, "));
  CHECK(error("copies = { web = 0 }") == "mix.toml:1:10: all weights are 0");
  CHECK(error("collectives = 101") == "mix.toml:1:15: expected a number from 0 to 100");
  CHECK(error("lines = [9, 3]") == "mix.toml:1:9: expected the fewest lines, at least 1, before the most");
  CHECK(error("based_on = \"nothing\"").starts_with("mix.toml:1:12: based_on names no mix"));
  CHECK(error("forms = ").starts_with("mix.toml:1:"));
}

}  // namespace torntape::generator::test
