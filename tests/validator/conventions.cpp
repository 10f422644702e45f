// What an agency may settle otherwise, each by the rule that asks for it.
#include "grammar/conventions.hpp"

#include "grammar/filing_date.hpp"
#include "tests/validator/support.hpp"

namespace torntape::validator::test {

namespace {

using grammar::Conventions;
using grammar::ConventionTable;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at).append(to).append(text.substr(at + from.size()));
}

bool finds(std::string_view rule, std::string const& text, Profile profile, ConventionTable const& table) {
  Checked const checked{text, {profile, {}, grammar::Alphabet::text, &table}};
  INFO(text);
  return checked.of(rule) != nullptr;
}

// The rule finds something with one of two settings of a convention, and nothing with the other.
template <class Change>
void check_convention(std::string_view rule, Profile profile, std::string const& text, bool by_default,
                      Change change) {
  INFO(rule);
  auto table = grammar::built_in_conventions();
  CHECK(finds(rule, text, profile, table) == by_default);
  for (auto& each : table) change(each);
  CHECK(finds(rule, text, profile, table) != by_default);
}

std::string relay(Profile profile) { return std::string{sample(profile, CopyKind::relay)}; }

}  // namespace

TEST_CASE("the digits of a channel number") {
  check_convention("FL1-05", Profile::acp127_us, replaced(relay(Profile::acp127_us), "XRO093", "XRO0093"),
                   true, [](Conventions& c) { c.channel_number_widths = {4}; });
  check_convention("FL1-05", Profile::state, relay(Profile::state), false,
                   [](Conventions& c) { c.channel_number_widths = {3}; });
  check_convention("FL1-06", Profile::acp127, replaced(relay(Profile::acp127), "XRO093", "XRO000"), true,
                   [](Conventions& c) { c.channel_number_zero = true; });
}

TEST_CASE("the letters of nations") {
  check_convention("FL2-04", Profile::acp127, replaced(relay(Profile::acp127), "PP RTCAQB", "PP RJCAQB"),
                   true, [](Conventions& c) { c.nation_letters = "TJ"; });
}

TEST_CASE("the length of an AUTODIN originator") {
  auto const short_one = replaced(relay(Profile::janap128), "RTCATRM0512", "RTCATR 0512");
  check_convention("FL2-21", Profile::janap128, short_one, true,
                   [](Conventions& c) { c.originator_length = 6; });
  Checked const checked{short_one, {Profile::janap128, {}, grammar::Alphabet::text, nullptr}};
  REQUIRE(checked.of("FL2-21") != nullptr);
  CHECK(checked.of("FL2-21")->severity == Severity::warning);
}

TEST_CASE("the length of lines") {
  check_convention("GEN-03", Profile::acp127, relay(Profile::acp127), false,
                   [](Conventions& c) { c.line_length = 30; });
  auto const long_line = replaced(relay(Profile::acp127), "FM AMEMBASSY KARSTOVA",
                                  "FM AMEMBASSY KARSTOVA " + std::string(60, 'X'));
  check_convention("GEN-03", Profile::acp127, long_line, true, [](Conventions& c) { c.line_length = 100; });
  auto const joined = replaced(relay(Profile::state), "RUEHNP\nRUEHPW", "RUEHNP RUEHPW");
  check_convention("GEN-03", Profile::state, joined, true, [](Conventions& c) {
    c.line_length = 100;
    c.routing_line_length = 100;
  });
}

TEST_CASE("strict line ends") {
  check_convention("GEN-08", Profile::acp127, relay(Profile::acp127), false,
                   [](Conventions& c) { c.strict_line_ends = true; });
}

TEST_CASE("what a circuit prints") {
  auto const text = replaced(relay(Profile::acp127), "KARSTOVA", "KARSTOVA & OSTREVA");
  check_convention("GEN-01", Profile::acp127, text, true,
                   [](Conventions& c) { c.tape_set = grammar::TapeSet::ascii; });
  check_convention("GEN-01", Profile::acp127_us,
                   replaced(relay(Profile::acp127_us), "KARSTOVA", "KARSTOVA & CO"), false,
                   [](Conventions& c) { c.tape_set = grammar::TapeSet::ita2; });
}

TEST_CASE("the century of two digits") {
  CHECK(grammar::in_full(49, 1950) == 2049);
  CHECK(grammar::in_full(50, 1950) == 1950);
  CHECK(grammar::in_full(0, 1900) == 1900);
  CHECK(grammar::in_full(5, 1970) == 2005);
  // The 29th of February is a day of 2000, and none of 1900.
  auto const leap = replaced(relay(Profile::state), "P 190938Z AUG 09", "P 290938Z FEB 00");
  check_convention("FL5-05", Profile::state, leap, false, [](Conventions& c) { c.year_pivot = 1900; });
  auto const four = replaced(relay(Profile::acp127), "AUG 2009", "AUG 2055");
  check_convention("FL5-04", Profile::acp127, four, true, [](Conventions& c) { c.year_pivot = 1960; });
}

TEST_CASE("places whose lines the month damages") {
  auto const text =
      replaced(relay(Profile::state), "AMEMBASSY QALARABAD PRIORITY 0127", "AMEMBASSY QALARABAD AUG 0127");
  check_convention("FL7-18", Profile::state, text, false,
                   [](Conventions& c) { c.month_victims = {"LA PAZ", "QALARABAD"}; });
}

TEST_CASE("how the last line is read") {
  auto const text = replaced(relay(Profile::acp127_us), "#0512\nNNNN", "C PAGE 1 LINE 2 CLOCK\nNNNN");
  auto table = grammar::built_in_conventions();
  Checked const as_text{text, {Profile::acp127_us, {}, grammar::Alphabet::text, &table}};
  CHECK(as_text.message->end.corrections.empty());
  for (auto& each : table) each.final_line = grammar::FinalLine::corrections;
  Checked const as_correction{text, {Profile::acp127_us, {}, grammar::Alphabet::text, &table}};
  CHECK(as_correction.message->end.corrections.size() == 1);
}

}  // namespace torntape::validator::test
