#include "validator/nearest.hpp"

#include <vector>

#include <catch2/catch.hpp>

namespace torntape::validator::test {

namespace {

std::string nearest_of(std::string_view word, std::vector<std::string> const& candidates) {
  return nearest(word, candidates, [](std::string const& each) { return std::string_view{each}; });
}

}  // namespace

TEST_CASE("one letter lost, added, replaced or swapped is one step") {
  CHECK(one_step_apart("RUEHBI", "UEHBI"));
  CHECK(one_step_apart("RUEHBI", "RUEHBIX"));
  CHECK(one_step_apart("RUEHBI", "RUEHCI"));
  CHECK(one_step_apart("RUEHBI", "RUHEBI"));
  CHECK(one_step_apart("A", ""));
  CHECK(one_step_apart("AA", "A"));
}

TEST_CASE("the same word, and what is further off, is not one step apart") {
  CHECK(!one_step_apart("RUEHBI", "RUEHBI"));
  CHECK(!one_step_apart("RUEHBI", "RUEHXX"));
  CHECK(!one_step_apart("RUEHBI", "EUHRBI"));
  CHECK(!one_step_apart("RUEHBI", "RUEH"));
  CHECK(!one_step_apart("ABC", "CBA"));
  CHECK(!one_step_apart("", ""));
}

TEST_CASE("a word is nearest only where no other is as near") {
  CHECK(nearest_of("RUHEBI", {"RUEHC", "RUEHBI"}) == "RUEHBI");
  CHECK(nearest_of("RUEHXI", {"RUEHBI", "RUEHCI"}).empty());
  CHECK(nearest_of("RUEHXI", {"RUEHBI", "RUEHBI"}) == "RUEHBI");
  CHECK(nearest_of("RTFALP", {"RUEHBI"}).empty());
}

}  // namespace torntape::validator::test
