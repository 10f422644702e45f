#include "validator/draft.hpp"

#include <catch2/catch.hpp>

#include "validator/sample.hpp"

namespace torntape::validator::test {

namespace {

std::string relay() { return std::string{sample(Profile::state, CopyKind::relay)}; }

}  // namespace

TEST_CASE("an edit reads the text again") {
  Draft draft{relay()};
  REQUIRE(draft.replace(draft.message().preamble.precedence, "O"));
  CHECK(draft.message().preamble.precedence == "O");
  CHECK(draft.message().source.data() == draft.text().data());
  CHECK(draft.text().find("\nO 190938Z AUG 09\n") != std::string::npos);
}

TEST_CASE("a part may be replaced by a view into the text itself") {
  Draft draft{relay()};
  auto const& called = draft.message().routing_line.routing_indicators;
  REQUIRE(draft.replace(called.front(), called.back()));
  CHECK(draft.message().routing_line.routing_indicators.front() == "RUEHSR");
}

TEST_CASE("an absent part is not edited") {
  Draft draft{relay()};
  auto const before = draft.text();
  auto const absent = draft.message().preamble.info_precedence;
  CHECK(!draft.replace(absent, "R"));
  CHECK(!draft.erase(absent));
  CHECK(!draft.insert_before(absent, "R"));
  CHECK(!draft.insert_after(absent, "R"));
  CHECK(!draft.erase_line(grammar::FormatLine::fl10));
  CHECK(!draft.replace_line(grammar::FormatLine::fl10, "GR 12"));
  CHECK(draft.text() == before);
}

TEST_CASE("text is put before and after a part") {
  Draft draft{relay()};
  REQUIRE(draft.insert_after(draft.message().preamble.precedence, " R"));
  CHECK(draft.message().preamble.info_precedence == "R");
  REQUIRE(draft.insert_before(draft.message().originator.plain_language_address, "THE "));
  CHECK(draft.message().originator.plain_language_address == "THE AMEMBASSY KARSTOVA");
}

TEST_CASE("a format line goes with all its source lines, and keeps its ending when replaced") {
  Draft draft{relay()};
  REQUIRE(draft.replace_line(grammar::FormatLine::fl2, "PP RUEHBI"));
  CHECK(draft.text().starts_with("VZCZCXRO0417\nPP RUEHBI\nDE RTBAKV"));
  REQUIRE(draft.erase_line(grammar::FormatLine::fl2));
  CHECK(draft.text().starts_with("VZCZCXRO0417\nDE RTBAKV"));
}

TEST_CASE("the same seed gives the same numbers on every machine") {
  Random random{42};
  // The third value of the standard's mt19937_64 seeded so; its sequence is laid down.
  CHECK(random.below(0) == 0);
  std::mt19937_64 engine{42};
  CHECK(random.below(1000) == engine() % 1000);
  CHECK(random.below(1000) == engine() % 1000);
  for (int i = 0; i != 50; ++i) CHECK(random.pick(1, 2, 3) <= 3);
}

}  // namespace torntape::validator::test
