// Dead letters: copies that a reader's system does not take.
#include <catch2/catch.hpp>

#include "tests/router/relay/bench.hpp"

namespace relay = torntape::relay;
using Catch::Matchers::Contains;
using relay::testing::Bench;
using relay::testing::filed;
using torntape::grammar::Precedence;

namespace {

relay::Asked asked(std::string queue, Precedence least = Precedence::none) {
  relay::Asked asked;
  asked.reader = 7;
  asked.queue = std::move(queue);
  asked.max = 9;
  asked.least = least;
  return asked;
}

relay::SetAside aside(std::vector<relay::CopyId> copies, std::string queue = "dead-letter") {
  return {.ticket = 3, .copies = std::move(copies), .queue = std::move(queue), .reason = "HTTP 422"};
}

std::vector<relay::HandedCopy> handed(Bench& bench, relay::Asked const& question) {
  bench.after(question);
  auto const hands = bench.all<relay::Hand>();
  return hands.empty() ? std::vector<relay::HandedCopy>{} : hands.at(0).copies;
}

// RTAA has RUEHC's queue.
void file_here(Bench& bench, int serial, std::string const& precedence) {
  bench.handle(filed(1, relay::testing::Heading{.serial = serial, .precedence = precedence}));
}

}  // namespace

TEST_CASE("a dead letter waits in another queue, with its reason, also after a restart") {
  Bench bench{"RTAA"};
  file_here(bench, 1, "O");
  REQUIRE(handed(bench, asked("RUEHC")).size() == 1);
  bench.after(aside({{1, 0}}));
  CHECK(bench.all<relay::Done>().size() == 1);
  CHECK(bench.waiting("RUEHC") == "0+0");
  CHECK(bench.waiting("dead-letter") == "1+0");
  auto const& kept = bench.messages.at(1).envelope.copies.at(0);
  CHECK(kept.queue == "dead-letter");
  CHECK(kept.reason == "HTTP 422");
  CHECK(kept.called == std::vector<std::string>{"RUEHC"});
  CHECK(kept.precedence == Precedence::immediate);
  bench.restart();
  CHECK(bench.waiting("dead-letter") == "1+0");
  auto const found = handed(bench, asked("dead-letter"));
  REQUIRE(found.size() == 1);
  CHECK(found[0].suspected_duplicate);
}

TEST_CASE("a dead letter is put back where it was, or sent to another indicator") {
  Bench bench{"RTAA"};
  file_here(bench, 1, "R");
  file_here(bench, 2, "R");
  REQUIRE(handed(bench, asked("RUEHC")).size() == 2);
  bench.after(aside({{1, 0}, {2, 0}}));
  bench.restart();
  bench.after(relay::Rerouted{5, {{1, 0}}, ""});
  CHECK(bench.all<relay::Done>().size() == 1);
  CHECK(bench.waiting("RUEHC") == "1+0");
  bench.after(relay::Rerouted{6, {{2, 0}}, "RUEHBI"});
  CHECK(bench.all<relay::Done>().size() == 1);
  CHECK(bench.waiting("dead-letter") == "0+0");
  bench.after(relay::Rerouted{7, {{1, 0}}, ""});  // it is none any more
  CHECK_THAT(bench.all<relay::Refuse>().at(0).message,
             Contains("no intercepted copy and no dead letter 1-0"));
}

TEST_CASE("only who may hold a copy sets it aside, and only into a queue of dead letters") {
  Bench bench{"RTAA"};
  file_here(bench, 1, "R");
  bench.after(aside({{1, 0}}));
  CHECK_THAT(bench.all<relay::Refuse>().at(0).message, Contains("never handed out"));
  REQUIRE(handed(bench, asked("RUEHC")).size() == 1);
  for (auto const* const queue : {"RUEHBI", "intercept", "circuit AB", ""}) {
    bench.after(aside({{1, 0}}, queue));
    CHECK(bench.all<relay::Refuse>().size() == 1);
  }
  bench.after(aside({{1, 0}, {9, 0}}));
  CHECK(bench.all<relay::Refuse>().size() == 1);
  CHECK(bench.waiting("RUEHC") == "0+1");
}

TEST_CASE("a reader takes nothing below the precedence it wants") {
  Bench bench{"RTAA"};
  file_here(bench, 1, "R");
  file_here(bench, 2, "O");
  file_here(bench, 3, "Z");
  auto const high = handed(bench, asked("RUEHC", Precedence::immediate));
  REQUIRE(high.size() == 2);
  CHECK(high[0].id.message == 3);
  CHECK(high[1].id.message == 2);
  CHECK(handed(bench, asked("RUEHC", Precedence::priority)).empty());
  CHECK(handed(bench, asked("RUEHC")).size() == 1);
}

TEST_CASE("queues of dead letters are spelt as no station and no circuit is") {
  for (auto const* const good : {"dead-letter", "dead", "d9", "web-2"})
    CHECK(relay::is_set_aside_queue(good));
  for (auto const* const bad :
       {"", "RUEHC", "intercept", "circuit AB", "Dead", "dead letter", "9dead", "-dead"})
    CHECK_FALSE(relay::is_set_aside_queue(bad));
}
