// One message again and again: what is set changes in every place that must agree, and nothing else does.
#include "traffic/generator/likeness.hpp"

#include <catch2/catch.hpp>

#include "validator/checker.hpp"
#include "validator/sample.hpp"

namespace torntape::generator::test {

namespace {

std::string sample(grammar::Profile profile = grammar::Profile::state) {
  return std::string(validator::sample(profile, grammar::CopyKind::relay));
}

Likeness like(std::string text, std::vector<std::string> const& words) {
  auto read = read_stamps(words);
  REQUIRE(read.errors.empty());
  read.stamps.clock = [] {
    return Minute{std::chrono::sys_days{std::chrono::year{2012} / 12 / 31} +
                  std::chrono::minutes{23 * 60 + 59}};
  };
  return {std::move(text), std::move(read.stamps)};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("with nothing set it is the same message") { CHECK(like(sample(), {}).next() == sample()); }

TEST_CASE("the next serial is that of FL3, of the validation number and of State's reference number") {
  auto expected = replaced(sample(), "#0512/01", "#0513/01");
  expected = replaced(expected, "KARSTOVA 000512", "KARSTOVA 000513");
  expected = replaced(expected, "\n#0512\n", "\n#0513\n");
  auto likeness = like(sample(), {"ssn=next"});
  CHECK(likeness.next() == expected);
  CHECK(likeness.next().find("#0514/01") != std::string::npos);
  CHECK(like(sample(), {"mrn=next"}).next() == expected);
}

TEST_CASE("after its end a series begins again with 1") {
  auto const text =
      replaced(replaced(sample(), "#0512/01", "#9999/01"), "KARSTOVA 000512", "KARSTOVA 009999");
  CHECK(like(text, {"ssn=next"}).next().find("#0001/01") != std::string::npos);
  auto const channel = replaced(sample(), std::string_view(sample()).substr(8, 4), "9999");
  CHECK(like(channel, {"channel=next"}).next().substr(8, 4) == "0001");
}

TEST_CASE("a serial without zeros before it grows") {
  auto const text = replaced(sample(grammar::Profile::acp127), "DE RTBAKV 115B ", "DE RTBAKV 9 ");
  CHECK(like(text, {"ssn=next"}).next().find("DE RTBAKV 10 ") != std::string::npos);
}

TEST_CASE("what cannot be set is told, not cut") {
  for (auto const* const word : {"ssn=99999", "mrn=1234567", "channel=12345"}) {
    INFO(word);
    CHECK(like(sample(), {word}).objection());
  }
  CHECK(like(sample(), {"ssn=5", "mrn=6"}).objection());
  CHECK(like(sample(), {"ssn=5", "mrn=next"}).objection());
  CHECK_FALSE(like(sample(), {"ssn=5", "mrn=120005"}).objection());
  CHECK_FALSE(like(sample(), {"ssn=next", "mrn=next"}).objection());
  CHECK(read_stamps({"ssn=5", "ssn=6"}).errors.size() == 1);
}

TEST_CASE("a reference number keeps its ten thousands where the serial is set") {
  auto const text = like(replaced(sample(), "000512", "120512"), {"ssn=7"}).next();
  CHECK(text.find("#0007/01") != std::string::npos);
  CHECK(text.find("KARSTOVA 120007") != std::string::npos);
}

TEST_CASE("a new date-time group takes the time of file with it, over the end of the year too") {
  auto const text = like(sample(), {"dtg=now"}).next();
  CHECK(text.find("P 312359Z DEC 12\n") != std::string::npos);
  CHECK(text.find("#0512/01 0010002\n") != std::string::npos);  // filed 3 minutes later, as it was
  CHECK(like(sample(), {"dtg=next"}).next().find("P 190939Z AUG 09\n") != std::string::npos);
  CHECK(like(sample(), {"dtg=010000Z JAN 10"}).next().find("0010003\n") != std::string::npos);
}

TEST_CASE("numbers keep their width, and their kind") {
  auto const text = like(sample(grammar::Profile::acp127_us), {"channel=next", "ssn=12", "dtg=next"}).next();
  CHECK(text.starts_with("VZCZCXRO094\n"));
  CHECK(text.find("#0012 ") != std::string::npos);
  CHECK(text.find("AUG 2009\n") != std::string::npos);
}

TEST_CASE("every addressee's continuity number goes on") {
  auto const text = like(sample(), {"mcn=next"}).next();
  CHECK(text.find("WASHDC PRIORITY 1285") != std::string::npos);
  CHECK(text.find("OSTREVA PRIORITY 0312") != std::string::npos);
}

TEST_CASE("what is made so is as good as what it is made of") {
  validator::Checker checker({}, validator::sample_directory());
  auto likeness = like(sample(), {"dtg=next", "ssn=next", "channel=next", "mcn=next"});
  grammar::Parser parser;
  for (int i = 0; i != 1000; ++i) {
    auto const text = likeness.next();
    for (auto const& found : checker.check(parser.parse(text))) {
      INFO(found.rule << "\n" << text);
      CHECK(found.severity <= grammar::Severity::info);
    }
  }
}

TEST_CASE("what cannot be set is told") {
  for (auto const* const word : {"dtg=soon", "ssn", "ssn=x", "mcn=4", "colour=red"})
    CHECK(read_stamps({word}).errors.size() == 1);
  CHECK(like("R 170141Z AUG 09\nFM A\nTO B\n", {"ssn=next"}).objection());
  CHECK(!like(sample(), {"ssn=next", "mrn=next", "dtg=now", "channel=1"}).objection());
}

}  // namespace torntape::generator::test
