// The frame: severities by kind of copy, options, silencing, order.
#include <algorithm>

#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

std::string relay(std::string_view from = {}, std::string_view to = {}) {
  std::string text{sample(Profile::state, CopyKind::relay)};
  if (auto const at = text.find(from); !from.empty()) {
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  return text;
}

Options select(std::vector<std::string> words) { return {std::move(words), {}, {}}; }

Rule made_up(Severities severities, Kinds kinds, std::string_view id = "GEN-99") {
  return {.id = id, .name = "made-up", .severities = severities, .kinds = kinds, .page = {}};
}

}  // namespace

TEST_CASE("a severity is that of the profile") {
  auto const rule = made_up("EWI-E", "all");
  CHECK(severity(rule, Profile::state, CopyKind::relay, false) == Severity::error);
  CHECK(severity(rule, Profile::acp127, CopyKind::relay, false) == Severity::warning);
  CHECK(severity(rule, Profile::acp127_us, CopyKind::relay, false) == Severity::info);
  CHECK(severity(rule, Profile::janap128, CopyKind::relay, false) == Severity::off);
}

TEST_CASE("a wire rule does not run on archive copies") {
  auto const rule = made_up("EEEEE", "wire");
  CHECK(severity(rule, Profile::state, CopyKind::relay, false) == Severity::error);
  CHECK(severity(rule, Profile::state, CopyKind::relay, true) == Severity::off);
}

TEST_CASE("an archive copy lowers a severity and never raises one") {
  CHECK(severity(made_up("EEEEE", "all;A=W"), Profile::state, CopyKind::relay, true) == Severity::warning);
  CHECK(severity(made_up("EEEEE", "all;A=I"), Profile::state, CopyKind::web, true) == Severity::info);
  CHECK(severity(made_up("IIIII", "all;A=W"), Profile::state, CopyKind::relay, true) == Severity::info);
  CHECK(severity(made_up("EEEEE", "all;A=W"), Profile::state, CopyKind::relay, false) == Severity::error);
}

TEST_CASE("rules for the origin and for relays keep to their copies") {
  auto const origin = made_up("EEEEE", "O");
  CHECK(severity(origin, Profile::state, CopyKind::origin, false) == Severity::error);
  CHECK(severity(origin, Profile::state, CopyKind::relay, false) == Severity::off);
  CHECK(severity(origin, Profile::state, CopyKind::web, false) == Severity::off);
  auto const both = made_up("EEEEE", "OR");
  CHECK(severity(both, Profile::state, CopyKind::origin, false) == Severity::error);
  CHECK(severity(both, Profile::state, CopyKind::relay, false) == Severity::error);
  CHECK(severity(both, Profile::state, CopyKind::web, false) == Severity::off);
  CHECK(severity(both, Profile::state, CopyKind::abbreviated, false) == Severity::off);
}

TEST_CASE("rules of FL1 to FL4 do not run on abbreviated copies") {
  for (auto const* const id : {"FL1-99", "FL2-99", "FL3-99", "FL4-99"})
    CHECK(severity(made_up("EEEEE", "all", id), Profile::state, CopyKind::abbreviated, false) ==
          Severity::off);
  for (auto const* const id : {"FL5-99", "FL12-99", "GEN-99", "X-99"})
    CHECK(severity(made_up("EEEEE", "all", id), Profile::state, CopyKind::abbreviated, false) ==
          Severity::error);
}

TEST_CASE("a selection takes ids, names and families, in either case") {
  auto const broken = relay("VZCZCXRO0417", "VZCZCXRO17 X");
  using Ids = std::vector<std::string>;
  CHECK(Checked(broken, {}, select({"FL1-05"})).ids() == Ids{"FL1-05"});
  CHECK(Checked(broken, {}, select({"matter-after-channel-number"})).ids() == Ids{"FL1-07"});
  CHECK(Checked(broken, {}, select({"FL1"})).ids() == Ids{"FL1-05", "FL1-07"});
  CHECK(Checked(broken, {}, select({"fl1-05", "gen"})).ids() == Ids{"FL1-05"});
}

TEST_CASE("what is ignored is not reported, whatever selects it") {
  auto const broken = relay("VZCZCXRO0417", "VZCZCXRO17 X");
  using Ids = std::vector<std::string>;
  CHECK(Checked(broken, {}, {{"FL1"}, {}, {"channel-serial-length"}}).ids() == Ids{"FL1-07"});
  CHECK(Checked(broken, {}, {{}, {}, {"FL1", "FL2", "GEN"}}).ids(Severity::warning) == Ids{});
}

TEST_CASE("a rule that the profile does not apply runs when it is asked for by name, not by family") {
  auto const unsorted = relay("RUEHBI RUEHCI", "RUEHCI RUEHBI");
  grammar::Settings settings;
  settings.profile = Profile::acp127;
  CHECK(Checked(unsorted, settings).of("FL2-07") == nullptr);
  CHECK(Checked(unsorted, settings, {{}, {"FL2"}, {}}).of("FL2-07") == nullptr);
  Checked const asked{unsorted, settings, {{}, {"FL2-07"}, {}}};
  REQUIRE(asked.of("FL2-07") != nullptr);
  CHECK(asked.of("FL2-07")->severity == Severity::info);
}

TEST_CASE("words that name no rule and no family are reported") {
  Options const options{{"FL2", "FL2-01", "FL2-99"}, {"no-such-rule"}, {"gen", "FLO"}};
  CHECK(unknown_rules(options) == std::vector<std::string>{"FL2-99", "no-such-rule", "FLO"});
  CHECK(unknown_rules({}).empty());
}

TEST_CASE("of two findings with one cause the cause is reported") {
  // The damaged letters also differ from FL5, which FL2-01 says already.
  auto const odd = relay("PP RUEHBI", "RP RUEHBI");
  Checked const both{odd};
  CHECK(both.of("FL2-01") != nullptr);
  CHECK(both.of("FL2-02") == nullptr);
  Checked const second{odd, {}, {{}, {}, {"FL2-01"}}};
  CHECK(second.of("FL2-02") != nullptr);
}

TEST_CASE("a silenced rule still speaks of other lines") {
  // A filler on the first routing line silences the form rule there, not on the second.
  auto text = relay("RUEHCI", "XXXXXX");
  text.replace(text.find("RUEHPW"), 6, "RU3HPW");
  Checked const checked{text};
  REQUIRE(checked.of("FL2-19") != nullptr);
  REQUIRE(checked.of("FL2-03") != nullptr);
  CHECK(checked.of("FL2-03")->span.line == 3);
}

TEST_CASE("what is no message has one finding and no other") {
  for (auto const* const text : {"", "\n\n", "partial extract \t\n", "{\"json\": [1, 2]}"}) {
    Checked const checked{text};
    CHECK(checked.ids() == std::vector<std::string>{"GEN-15"});
  }
}

TEST_CASE("findings stand in order of place") {
  auto const text = relay("VZCZCXRO0417", "VZCZCXRO17 X");
  Checked const checked{text + "\n"};
  CHECK(std::ranges::is_sorted(checked.found, {}, [](Diagnostic const& each) { return each.span.offset; }));
  CHECK(checked.found.size() > 2);
}

TEST_CASE("places count from the beginning of the stream") {
  grammar::Parser parser;
  Checker checker{select({"FL1-05"})};
  auto const text = relay("VZCZCXRO0417", "VZCZCXRO17");
  auto const& found = checker.check(parser.parse(text, {}, {1000, 20}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].span.offset == 1008);
  CHECK(found[0].span.line == 21);
  CHECK(found[0].span.column == 9);
}

TEST_CASE("a checker used again forgets the message before") {
  grammar::Parser parser;
  Checker checker{select({"FL1"})};
  auto const broken = relay("VZCZCXRO0417", "VZCZCXRO17");
  auto const good = relay();
  CHECK(checker.check(parser.parse(broken)).size() == 1);
  CHECK(checker.check(parser.parse(good)).empty());
  CHECK(checker.check(parser.parse(broken)).size() == 1);
}

}  // namespace torntape::validator::test
