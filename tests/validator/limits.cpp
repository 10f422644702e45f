// Work does not outgrow the message: what is told is bounded, and what is beyond a limit is told of.
#include <string>

#include "tests/validator/rules/heading.hpp"
#include "validator/findings.hpp"

namespace torntape::validator::test {

namespace {

std::string repeated(std::string const& line, std::size_t times) {
  std::string lines;
  for (std::size_t i = 0; i != times; ++i) lines += line;
  return lines;
}

std::size_t count_of(Checked const& checked, std::string_view rule) {
  return static_cast<std::size_t>(
      std::ranges::count(checked.found, rule, [](Diagnostic const& each) { return each.rule; }));
}

}  // namespace

TEST_CASE("a rule tells of so many findings, the last of them says how many more there are") {
  Heading heading;
  heading.text += repeated("\nX NNNN X", max_findings + 7);
  Checked const checked{heading.str()};
  REQUIRE(count_of(checked, "FL12-12") == max_findings);
  auto const last = std::ranges::find_if(checked.found, [](Diagnostic const& each) {
    return each.rule == "FL12-12" && each.message.ends_with("; 7 more like it");
  });
  CHECK(last != checked.found.end());
}

TEST_CASE("findings grow with the message up to the limit, not beyond") {
  auto const found_in = [](std::size_t lines) {
    Heading heading;
    heading.routing = "PP RUEHBI" + repeated(" RU3HBI RUEHBI", lines);
    heading.addresses += repeated("\nXMT SECSTATE WASHDC\nRUEHUL/AMEMBASSY SEOUL PRIOITY 866  ", lines);
    return Checked{heading.str()}.found.size();
  };
  auto const once = found_in(200);
  CHECK(found_in(400) <= once + 2 * max_findings);
  CHECK(found_in(800) <= once + 2 * max_findings);
}

TEST_CASE("an exempted name that is addressed many times is told of once") {
  Heading heading;
  heading.addresses = "TO " + repeated("SECSTATE WASHDC\n", 40) + "XMT SECSTATE WASHDC";
  CHECK(count_of(Checked{heading.str()}, "FL9-03") == 1);
}

TEST_CASE("GEN-23: what is beyond a limit is told of as such") {
  Heading heading;
  heading.addresses = "TO RUEHC/SECSTATE WASHDC" + repeated("\nRUEHUL/AMEMBASSY SEOUL", 3000);
  Checked const many{heading.str()};
  REQUIRE(many.of("GEN-23") != nullptr);
  CHECK(many.of("GEN-23")->message == "more than 1000 addressees, not read from here on");
  CHECK(many.of("GEN-23")->span.line == 7 + 1000);
  CHECK(many.of("FL12-01") == nullptr);
  CHECK(many.of("FL11-01") == nullptr);
  CHECK(many.message->text.message_reference_number == "000512");

  Heading routed;
  routed.routing = "PP RUEHBI" + repeated("\nRUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP", 300);
  Checked const called{routed.str()};
  REQUIRE(called.of("GEN-23") != nullptr);
  CHECK(called.of("GEN-23")->message == "more than 1000 routing indicators, not read from here on");

  Heading faulty;
  faulty.addresses += repeated("\nRUEHUL/A@b@c@d@e@f@g@h@i@j@k@l@m@n@o@p", 500);
  CHECK(found_by("GEN-23", faulty.str()) == Severity::error);
}

TEST_CASE("the lines of many places are found in one walk through the message") {
  Heading heading;
  heading.text += repeated("\nX NNNN X", 50);
  Checked const checked{heading.str()};
  std::size_t line = 0;
  for (auto const& each : checked.found) {
    if (each.rule != "FL12-12") continue;
    if (line != 0) CHECK(each.span.line == line + 1);
    line = each.span.line;
    CHECK(each.span.column == 3);
  }
}

}  // namespace torntape::validator::test
