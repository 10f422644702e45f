#include "traffic/score/score.hpp"

#include <catch2/catch.hpp>

namespace torntape::score::test {

namespace {

// Three messages of a hundred bytes and ten lines: the first is good, FL2-01 is broken in the second on its
// third line, X-15 in a run of the third and fourth.
std::vector<Label> labels() {
  auto const message = [](std::uint64_t number) {
    return Stretch{(number - 1) * 100, 100, (number - 1) * 10 + 1, 0};
  };
  return {{1, "", message(1), {}, 0, 0},
          {2, "FL2-01", message(2), {120, 2, 13, 13}, 0, 0},
          {3, "", message(3), {}, 0, 0},
          {4, "X-15", message(4), {305, 4, 31, 31}, 3, 4}};
}

Report of_message(std::string rule, std::uint64_t message) { return {std::move(rule), message, {}, {}, 0}; }
Report of_line(std::string rule, std::uint64_t line) { return {std::move(rule), {}, {}, line, 0}; }
Report of_bytes(std::string rule, std::uint64_t offset, std::uint64_t length) {
  return {std::move(rule), {}, offset, {}, length};
}

Figures of(Score const& score, std::string const& rule) {
  for (auto const& figures : score.rules)
    if (figures.rule == rule) return figures;
  return {};
}

}  // namespace

TEST_CASE("what was broken and reported is found, what was not is missed") {
  auto const result = score(labels(), {of_message("FL2-01", 2)}, Match::message);
  CHECK(result.messages == 4);
  CHECK(result.good == 2);
  CHECK(of(result, "FL2-01").found == 1);
  CHECK(precision(of(result, "FL2-01")) == 1.0);
  CHECK(recall(of(result, "X-15")) == 0.0);
  CHECK(!precision(of(result, "X-15")));
  CHECK(recall(result.total) == 0.5);
}

TEST_CASE("a report of a good message is a false alarm, and costs precision") {
  auto const result = score(labels(), {of_message("FL2-01", 2), of_message("FL2-01", 1)}, Match::message);
  CHECK(result.false_alarms == 1);
  CHECK(precision(of(result, "FL2-01")) == 0.5);
  CHECK(recall(of(result, "FL2-01")) == 1.0);
}

TEST_CASE("a rule that was not broken is a false report even of a broken message") {
  auto const result = score(labels(), {of_message("FL7-01", 2)}, Match::message);
  CHECK(of(result, "FL7-01").reported == 1);
  CHECK(of(result, "FL7-01").right == 0);
  CHECK(result.false_alarms == 0);
}

TEST_CASE("a place says which message is meant") {
  CHECK(of(score(labels(), {of_bytes("FL2-01", 120, 2)}, Match::message), "FL2-01").found == 1);
  CHECK(of(score(labels(), {of_line("FL2-01", 11)}, Match::message), "FL2-01").found == 1);
  CHECK(of(score(labels(), {of_line("FL2-01", 10)}, Match::message), "FL2-01").found == 0);
}

TEST_CASE("matched by line, the next line will do and the one behind it will not") {
  for (auto const line : {12U, 13U, 14U})
    CHECK(of(score(labels(), {of_line("FL2-01", line)}, Match::line), "FL2-01").found == 1);
  for (auto const line : {11U, 15U})
    CHECK(of(score(labels(), {of_line("FL2-01", line)}, Match::line), "FL2-01").found == 0);
}

TEST_CASE("with its message given, a line counts from the beginning of that") {
  auto report = of_message("FL2-01", 2);
  report.line = 3;
  CHECK(of(score(labels(), {report}, Match::line), "FL2-01").found == 1);
  report.line = 8;
  CHECK(of(score(labels(), {report}, Match::line), "FL2-01").found == 0);
}

TEST_CASE("matched by span, the bytes have to touch") {
  CHECK(of(score(labels(), {of_bytes("FL2-01", 118, 2)}, Match::span), "FL2-01").found == 1);
  CHECK(of(score(labels(), {of_bytes("FL2-01", 117, 2)}, Match::span), "FL2-01").found == 0);
  CHECK(of(score(labels(), {of_bytes("FL2-01", 123, 5)}, Match::span), "FL2-01").found == 0);
}

TEST_CASE("what needs several messages is found in any of its run, and in no other") {
  for (auto const message : {3U, 4U})
    CHECK(of(score(labels(), {of_message("X-15", message)}, Match::span), "X-15").found == 1);
  CHECK(of(score(labels(), {of_message("X-15", 2)}, Match::span), "X-15").found == 0);
}

TEST_CASE("said twice of one message, a rule is reported once where messages are matched") {
  std::vector<Report> const twice{of_bytes("FL2-01", 120, 2), of_bytes("FL2-01", 190, 2)};
  CHECK(of(score(labels(), twice, Match::message), "FL2-01").reported == 1);
  auto const by_span = of(score(labels(), twice, Match::span), "FL2-01");
  CHECK(by_span.reported == 2);
  CHECK(by_span.right == 1);
}

TEST_CASE("what is reported of no message is told, and counted for nothing") {
  auto const result = score(labels(), {of_message("FL2-01", 9), {"FL2-01", {}, {}, {}, 0}}, Match::message);
  CHECK(result.astray == 2);
  CHECK(result.total.reported == 0);
}

}  // namespace torntape::score::test
