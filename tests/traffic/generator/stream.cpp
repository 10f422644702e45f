#include "traffic/generator/stream.hpp"

#include <set>

#include <catch2/catch.hpp>

#include "validator/continuity/follower.hpp"
#include "validator/sample.hpp"

namespace torntape::generator::test {

namespace {

Plan plan(std::string_view mix, std::vector<std::string> const& violate = {}, double share = 1) {
  Plan plan;
  for (auto const& named : named_mixes())
    if (named.name == mix) plan.mix = named.mix;
  plan.faults = faults_named(violate).faults;
  plan.share = share;
  return plan;
}

}  // namespace

TEST_CASE("the same plan makes the same messages and labels") {
  Stream one(validator::sample_directory(), plan("every-form", {"all"}, 0.5));
  Stream other(validator::sample_directory(), plan("every-form", {"all"}, 0.5));
  for (int i = 0; i != 500; ++i) {
    auto const& made = one.next();
    auto const& again = other.next();
    REQUIRE(made.text == again.text);
    REQUIRE(made.labels.size() == again.labels.size());
    if (!made.labels.empty()) CHECK(made.labels.front().rule == again.labels.front().rule);
  }
}

TEST_CASE("one in so many is broken, and the label is what has changed") {
  Stream stream(validator::sample_directory(), plan("state", {"FL5-01"}, 0.25));
  int broken = 0;
  for (int i = 0; i != 1000; ++i) {
    auto const& made = stream.next();
    if (made.labels.empty()) continue;
    ++broken;
    auto const& label = made.labels.front();
    CHECK(label.rule == "FL5-01");
    CHECK(label.format_line == grammar::FormatLine::fl5);
    CHECK(made.text.substr(label.offset, label.length) == label.now);
    auto text = made.text;
    text.replace(label.offset, label.length, label.before);
    CHECK(grammar::present(grammar::Parser().parse(text).preamble.precedence));
  }
  CHECK((broken > 200 && broken < 300));
}

TEST_CASE("faults take turns") {
  Stream stream(validator::sample_directory(), plan("state", {"FL5-01", "FL2-01", "lost-slash"}));
  std::multiset<std::string> seen;
  for (int i = 0; i != 30; ++i) {
    auto const& label = stream.next().labels.at(0);
    seen.emplace(label.damage.empty() ? label.rule : label.damage);
  }
  for (auto const* const name : {"FL5-01", "FL2-01", "lost-slash"}) CHECK(seen.count(name) == 10);
}

TEST_CASE("a fault for which no message has a place is given up and told") {
  Stream stream(validator::sample_directory(), plan("state", {"FL2-15", "FL5-01"}));
  CHECK(stream.next().labels.at(0).rule == "FL5-01");
  REQUIRE(stream.impossible().size() == 1);
  CHECK(stream.impossible().front().rule->id == "FL2-15");
  CHECK(stream.can_break());
}

TEST_CASE("no number of a channel and no section is missing, whatever is tried and taken back") {
  for (auto const* const mix : {"state", "relayed", "every-form"}) {
    Stream stream(validator::sample_directory(), plan(mix, {"FL7-22", "FL9-02", "FL6-01"}, 0.3));
    validator::Continuity continuity({{"X-15", "X-16", "X-18"}, {}, {}}, validator::sample_directory());
    grammar::Parser parser;
    for (int i = 0; i != 600; ++i) {
      auto const& made = stream.next();
      for (auto const& found : continuity.next("-", parser.parse(made.text))) {
        INFO(found.diagnostic.rule << " " << found.diagnostic.message << "\n" << made.text);
        CHECK(!made.labels.empty());
      }
    }
  }
}

}  // namespace torntape::generator::test
