#include "router/relay/relay.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <fmt/ranges.h>
#include <rapidcheck.h>

#include "tests/router/relay/support.hpp"

namespace relay = torntape::relay;
namespace grammar = torntape::grammar;
using relay::testing::filed;
using relay::testing::Heading;
using relay::testing::routes_of;
using relay::testing::seed_text;

namespace {

using Ids = std::vector<std::string>;

// A relay on a clock that a test turns by hand, and everything it has committed.
class Bench {
 public:
  explicit Bench(std::shared_ptr<torntape::network::Routes const> routes = nullptr, relay::Limits limits = {})
      : routes_(std::move(routes)), limits_(limits), relay_(routes_, "RTAA", limits_) {}

  relay::Outcome handle(relay::Event const& event) {
    relay::Outcome outcome;
    relay_.handle(event, now, outcome);
    committed.insert(committed.end(), outcome.commit.begin(), outcome.commit.end());
    return outcome;
  }
  template <class Action>
  Action only(relay::Event const& event) {
    auto const outcome = handle(event);
    REQUIRE(outcome.then.size() == 1);
    REQUIRE(std::holds_alternative<Action>(outcome.then[0]));
    return std::get<Action>(outcome.then[0]);
  }
  // The ids of the copies handed out for a question.
  Ids ask(std::string queue, std::uint32_t max = 1, relay::ReaderId reader = 1) {
    return ids(only<relay::Hand>(asked(std::move(queue), max, reader)));
  }
  static relay::Asked asked(std::string queue, std::uint32_t max = 1, relay::ReaderId reader = 1) {
    relay::Asked asked;
    asked.ticket = 77;
    asked.reader = reader;
    asked.queue = std::move(queue);
    asked.max = max;
    asked.lease = relay::Duration(1000);
    return asked;
  }
  static Ids ids(relay::Hand const& hand) {
    Ids ids;
    for (auto const& copy : hand.copies) ids.push_back(to_string(copy.id));
    return ids;
  }
  // A restart: a new relay of what was committed.
  void restart() {
    relay_ = relay::Relay(routes_, "RTAA", limits_);
    for (auto const& record : committed) relay_.apply(record);
  }
  relay::Relay& operator*() { return relay_; }
  relay::Relay* operator->() { return &relay_; }

  relay::Now now{relay::Duration(1'000'000)};
  std::vector<relay::Record> committed;

 private:
  std::shared_ptr<torntape::network::Routes const> routes_;
  relay::Limits limits_;
  relay::Relay relay_;
};

relay::CopyId id(std::string_view text) {
  relay::CopyId id;
  REQUIRE(relay::read(text, id));
  return id;
}

relay::Acknowledged acknowledged(std::string_view copy) { return {5, {id(copy)}}; }
relay::Released released(std::string_view copy) { return {6, {id(copy)}}; }

Heading to_secstate(int serial, std::string precedence = "R") {
  return {.serial = serial, .precedence = std::move(precedence)};
}

// "action ROUTINE 1+0" for every lane.
Ids lanes(relay::QueueDepth const& depth) {
  Ids words;
  for (auto const& lane : depth.lanes)
    words.push_back(
        fmt::format("{} {} {}+{}", name(lane.kind), name(lane.precedence), lane.waiting, lane.handed_out));
  return words;
}

}  // namespace

// --- Filing.

TEST_CASE("the seed on the one-switch network makes 31 copies, 1 for action") {
  Bench bench(routes_of("one-switch.toml"));
  auto const outcome = bench.handle(filed(9, seed_text()));
  REQUIRE(outcome.then.size() == 1);
  auto const& accept = std::get<relay::Accept>(outcome.then[0]);
  CHECK(accept.ticket == 9);
  CHECK(accept.number == 1);
  CHECK(accept.action_copies == 1);
  CHECK(accept.info_copies == 30);
  CHECK_FALSE(accept.already_filed);
  CHECK(accept.notes.empty());
  REQUIRE(outcome.commit.size() == 1);
  auto const& accepted = std::get<relay::Accepted>(outcome.commit[0]);
  CHECK(accepted.envelope.number == 1);
  CHECK(accepted.envelope.accepted_at == bench.now);
  CHECK(accepted.envelope.identity == "RUEHTA 1399/01 2290141");
  CHECK(accepted.envelope.copies.size() == 31);
  CHECK(accepted.message->bytes() == seed_text());
  CHECK(lanes(*bench->queue("RUEHC")) == Ids{"action PRIORITY 1+0"});
  CHECK(lanes(*bench->queue("RTCATR")) == Ids{"info PRIORITY 1+0"});
  CHECK(bench->messages() == 1);
}

TEST_CASE("the seed on an open switch makes 14 copies, 1 for action") {
  Bench bench;
  auto const accept = bench.only<relay::Accept>(filed(1, seed_text()));
  CHECK(accept.action_copies == 1);
  CHECK(accept.info_copies == 13);
  CHECK(bench->queues().size() == 14);
}

TEST_CASE("the same bytes filed again answer with the first number and make nothing, settled or not") {
  Bench bench(routes_of("one-switch.toml"));
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(2, seed_text()));
  auto const again = bench.only<relay::Accept>(filed(3, seed_text()));
  CHECK(again.already_filed);
  CHECK(again.number == 2);
  CHECK(again.action_copies == 1);
  CHECK(again.info_copies == 30);
  REQUIRE(bench.committed.size() == 3);  // the third lets the store mend the text, and is all there is
  CHECK(std::get<relay::Refiled>(bench.committed.back()).number == 2);
  CHECK(std::get<relay::Refiled>(bench.committed.back()).message->bytes() == seed_text());
  bench.ask("RUEHC");
  bench.handle(acknowledged("1-0"));
  bench.restart();
  auto const settled = bench.only<relay::Accept>(filed(4, to_secstate(1)));
  CHECK(settled.already_filed);
  CHECK(settled.number == 1);
  CHECK(settled.action_copies == 1);
  CHECK(settled.info_copies == 0);
}

// RT-06.
TEST_CASE("what was kept long enough is forgotten, but what is held and the last message") {
  Bench bench(routes_of("one-switch.toml"));
  for (int serial : {1, 2, 3}) bench.handle(filed(1, to_secstate(serial)));
  bench.ask("RUEHC", 3);
  bench.handle(acknowledged("1-0"));
  bench.handle(acknowledged("3-0"));
  relay::Expired expired;
  for (auto const& record : bench.committed)
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      expired.messages.push_back(accepted->envelope);
  auto const outcome = bench.handle(expired);
  REQUIRE(outcome.commit.size() == 1);
  CHECK(std::get<relay::Pruned>(outcome.commit[0]).number == 1);
  CHECK_FALSE(bench.only<relay::Accept>(filed(9, to_secstate(1))).already_filed);
  CHECK(bench.only<relay::Accept>(filed(9, to_secstate(3))).already_filed);
}

// RT-30.
TEST_CASE("the same identity with other bytes is accepted and noted") {
  Bench bench;
  bench.handle(filed(1, to_secstate(7)));
  auto heading = to_secstate(7);
  heading.text = "OTHER TEXT";
  CHECK(bench.only<relay::Accept>(filed(2, to_secstate(8))).notes.empty());
  auto const accept = bench.only<relay::Accept>(filed(2, heading));
  CHECK_FALSE(accept.already_filed);
  CHECK(accept.number == 3);
  CHECK(accept.notes ==
        Ids{"message 1 has the same identity, RUEHTA 0007/01 2290141, and other text; relays that "
            "had that one take it for the same (RT-33)"});
}

TEST_CASE("a heading that names nobody to deliver to is refused") {
  Bench bench;
  auto const refuse = bench.only<relay::Refuse>(filed(1, Heading{.to = "ZEN/AMEMBASSY OSTREVA"}));
  CHECK(refuse.reason == relay::Refused::unroutable);
  CHECK(refuse.message == "no addressee to deliver to");
  CHECK(bench.committed.empty());
}

// RT-04, RT-50, RT-51.
TEST_CASE("an unroutable indicator among routable ones refuses the filing, with every reason") {
  Bench bench(routes_of("one-switch.toml"));
  auto const refuse = bench.only<relay::Refuse>(
      filed(1, Heading{.info = "RUXXAA/SOMEBODY\nRTDAPW/AMCONSUL PORT WILLOW\nRTAAXX/SOMEBODY ELSE"}));
  CHECK(refuse.reason == relay::Refused::unroutable);
  CHECK(refuse.message ==
        "RUXXAA is in no entry of the directory and under no prefix (RT-50); the message is CONFIDENTIAL, "
        "RTDAPW is "
        "cleared to unclassified (RT-51); RTAAXX falls to RTAA, which has no such station (RT-50)");
  CHECK(bench->messages() == 0);
}

TEST_CASE("what is for other relays waits for its circuits, a transmission for each") {
  Bench bench(routes_of("demo.toml"));
  auto const accept = bench.only<relay::Accept>(filed(1, Heading{.info = "RUEHNO/USMISSION USNATO"}));
  CHECK(accept.action_copies == 1);
  CHECK(accept.info_copies == 0);
  CHECK(accept.transmissions == 1);
  CHECK(lanes(*bench->queue("circuit AB")) == Ids{"info ROUTINE 1+0"});
  CHECK(bench.only<relay::Accept>(filed(2, Heading{.info = "RUEHNO/USMISSION USNATO"})).transmissions == 1);
}

TEST_CASE("limits: messages, queues, waiting questions, copies at once") {
  relay::Limits limits;
  limits.messages = 2;
  limits.queues = 2;
  limits.questions = 1;
  limits.copies_handed = 1;
  Bench bench(nullptr, limits);
  CHECK(bench.only<relay::Refuse>(filed(1, Heading{.info = "RUEHAA/A\nRUEHBB/B"})).reason ==
        relay::Refused::full);
  CHECK(bench.only<relay::Accept>(filed(1, Heading{.info = "RUEHAA/A"})).number == 1);
  CHECK(bench.only<relay::Refuse>(filed(1, Heading{.serial = 2, .to = "RUEHBB/B"})).reason ==
        relay::Refused::full);
  CHECK(bench.only<relay::Accept>(filed(1, to_secstate(2))).number == 2);
  auto const full = bench.only<relay::Refuse>(filed(1, to_secstate(3)));
  CHECK(full.reason == relay::Refused::full);
  CHECK(full.message == "no room: the limit of 2 messages is reached");
  CHECK(bench.ask("RUEHC", 9) == Ids{"1-0"});
  auto question = Bench::asked("RUEHDD");
  question.wait = relay::Duration(10);
  CHECK(bench.handle(question).then.empty());
  CHECK(bench.only<relay::Refuse>(question).reason == relay::Refused::full);
  bench.handle(acknowledged("1-0"));
  bench.ask("RUEHAA");
  bench.handle(acknowledged("1-1"));
  CHECK(bench.only<relay::Accept>(filed(1, Heading{.serial = 4, .to = "RUEHBB/B"})).number == 3);
}

// --- Handing out.

// RT-70.
TEST_CASE("the highest precedence first, within it first in first out, action and info alike") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1, "R")));
  bench.handle(
      filed(1, Heading{.serial = 2, .to = "RUEHAA/A", .info = "RUEHC/SECSTATE WASHDC", .precedence = "R"}));
  bench.handle(filed(1, to_secstate(3, "R")));
  bench.handle(filed(1, to_secstate(4, "P")));
  bench.handle(filed(1, to_secstate(5, "Z")));
  bench.handle(filed(1, to_secstate(6, "P")));
  CHECK(lanes(*bench->queue("RUEHC")) ==
        Ids{"action FLASH 1+0", "action PRIORITY 2+0", "action ROUTINE 2+0", "info ROUTINE 1+0"});
  CHECK(Bench::ids({0, 0, bench->peek("RUEHC", 9, true, true)}) ==
        Ids{"5-0", "4-0", "6-0", "1-0", "2-1", "3-0"});
  CHECK(Bench::ids({0, 0, bench->peek("RUEHC", 9, false, true)}) == Ids{"2-1"});
  CHECK(bench.ask("RUEHC", 3) == Ids{"5-0", "4-0", "6-0"});
  CHECK(bench.ask("RUEHC", 9) == Ids{"1-0", "2-1", "3-0"});
  CHECK(bench.ask("RUEHC", 9).empty());
}

TEST_CASE("a question may want one kind only") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(1, Heading{.serial = 2, .to = "RUEHAA/A", .info = "RUEHC/SECSTATE WASHDC"}));
  auto asked = Bench::asked("RUEHC", 9);
  asked.action = false;
  CHECK(Bench::ids(bench.only<relay::Hand>(asked)) == Ids{"2-1"});
  asked.action = true;
  asked.info = false;
  CHECK(Bench::ids(bench.only<relay::Hand>(asked)) == Ids{"1-0"});
}

TEST_CASE("a copy handed out says what it is, and the record commits the attempt") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1, "O")));
  auto const outcome = bench.handle(Bench::asked("RUEHC"));
  REQUIRE(outcome.commit.size() == 1);
  CHECK(std::get<relay::Handed>(outcome.commit[0]).attempt == 1);
  auto const hand = std::get<relay::Hand>(outcome.then.at(0));
  CHECK(hand.ticket == 77);
  REQUIRE(hand.copies.size() == 1);
  auto const& copy = hand.copies[0];
  CHECK(copy.copy ==
        relay::EnvelopeCopy{"RUEHC", grammar::AddresseeKind::action, grammar::Precedence::immediate});
  CHECK(copy.accepted_at == bench.now);
  CHECK(copy.attempt == 1);
  CHECK_FALSE(copy.suspected_duplicate);
  CHECK(lanes(*bench->queue("RUEHC")) == Ids{"action IMMEDIATE 0+1"});
  CHECK(bench->queue("RUEHC")->oldest == bench.now);
}

// RT-31, RT-32.
TEST_CASE("a message under ZFD is a suspected duplicate at the first attempt, after a restart too") {
  Bench bench;
  bench.handle(filed(1, Heading{.warning = "ZNY CCCCC ZZH ZFD"}));
  bench.restart();
  auto const hand = bench.only<relay::Hand>(Bench::asked("RUEHC"));
  REQUIRE(hand.copies.size() == 1);
  CHECK(hand.copies[0].attempt == 1);
  CHECK(hand.copies[0].suspected_duplicate);
}

TEST_CASE("a wait is answered when a copy comes, the first question first") {
  Bench bench;
  auto asked = Bench::asked("RUEHC");
  asked.wait = relay::Duration(500);
  CHECK(bench.handle(asked).then.empty());
  asked.ticket = 78;
  CHECK(bench.handle(asked).then.empty());
  CHECK(bench->wake_at() == bench.now + relay::Duration(500));
  auto const outcome = bench.handle(filed(1, to_secstate(1)));
  REQUIRE(outcome.then.size() == 2);
  CHECK(std::holds_alternative<relay::Accept>(outcome.then[0]));
  CHECK(std::get<relay::Hand>(outcome.then[1]).ticket == 77);
  REQUIRE(outcome.commit.size() == 2);
  CHECK(std::holds_alternative<relay::Accepted>(outcome.commit[0]));
  CHECK(std::holds_alternative<relay::Handed>(outcome.commit[1]));
  bench.now += relay::Duration(500);
  auto const hand = bench.only<relay::Hand>(relay::Tick{});
  CHECK(hand.ticket == 78);
  CHECK(hand.copies.empty());
}

TEST_CASE("a wait for one kind lets the other kind pass") {
  Bench bench;
  auto asked = Bench::asked("RUEHC");
  asked.wait = relay::Duration(500);
  asked.action = false;
  bench.handle(asked);
  CHECK(bench.handle(filed(1, to_secstate(1))).then.size() == 1);
  CHECK(bench.handle(filed(1, Heading{.serial = 2, .to = "RUEHAA/A", .info = "RUEHC/SECSTATE WASHDC"}))
            .then.size() == 2);
}

TEST_CASE("a wait is not longer than the limit, and one that can bring nothing is answered at once") {
  relay::Limits limits;
  limits.wait = relay::Duration(100);
  Bench bench(nullptr, limits);
  auto asked = Bench::asked("RUEHC");
  asked.wait = relay::Duration(500);
  bench.handle(asked);
  CHECK(bench->wake_at() == bench.now + relay::Duration(100));
  asked.max = 0;
  CHECK(bench.only<relay::Hand>(asked).copies.empty());
  asked.max = 1;
  asked.action = asked.info = false;
  CHECK(bench.only<relay::Hand>(asked).copies.empty());
}

TEST_CASE("an unknown queue is not found, where there is a directory to know it") {
  Bench closed(routes_of("demo.toml"));
  auto const refuse = closed.only<relay::Refuse>(Bench::asked("RUEHNO"));
  CHECK(refuse.reason == relay::Refused::not_found);
  CHECK(refuse.message == "RTAA has no queue RUEHNO");
  CHECK(closed.ask("RUEHC").empty());
  CHECK(closed->queue("RUEHNO") == std::nullopt);
  CHECK(closed->queue("RUEHC").has_value());
  CHECK(closed->queues().size() == 8);
  Bench open;
  CHECK(open.ask("RUEHNO").empty());
  CHECK(open->queue("RUEHNO") == std::nullopt);
}

// --- Leases.

TEST_CASE("a lease ends: the copy returns to its place and is handed out again, marked") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(1, to_secstate(2)));
  CHECK(bench.ask("RUEHC") == Ids{"1-0"});
  CHECK(bench->wake_at() == bench.now + relay::Duration(1000));
  bench.now += relay::Duration(999);
  bench.handle(relay::Tick{});
  CHECK(Bench::ids({0, 0, bench->peek("RUEHC", 9, true, true)}) == Ids{"2-0"});
  bench.now += relay::Duration(1);
  CHECK(bench.handle(relay::Tick{}).commit.empty());
  CHECK(bench->wake_at() == std::nullopt);
  auto const hand = bench.only<relay::Hand>(Bench::asked("RUEHC", 2));
  CHECK(Bench::ids(hand) == Ids{"1-0", "2-0"});
  CHECK(hand.copies.at(0).attempt == 2);
  CHECK(hand.copies.at(0).suspected_duplicate);
  CHECK_FALSE(hand.copies.at(1).suspected_duplicate);
}

TEST_CASE("a copy that returns answers a waiting question") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.ask("RUEHC");
  auto asked = Bench::asked("RUEHC", 1, 2);
  asked.wait = relay::Duration(1000);
  bench.handle(asked);
  bench.now += relay::Duration(1000);
  auto const outcome = bench.handle(relay::Tick{});
  REQUIRE(outcome.then.size() == 1);
  CHECK(std::get<relay::Hand>(outcome.then[0]).copies.at(0).attempt == 2);
}

TEST_CASE("a lease is not longer than the limit") {
  relay::Limits limits;
  limits.lease = relay::Duration(100);
  Bench bench(nullptr, limits);
  bench.handle(filed(1, to_secstate(1)));
  bench.ask("RUEHC");
  CHECK(bench->wake_at() == bench.now + relay::Duration(100));
}

TEST_CASE("an acknowledged copy is settled, once; the last one frees its message") {
  Bench bench;
  bench.handle(filed(1, Heading{.info = "RUEHAA/A"}));
  bench.ask("RUEHC");
  bench.ask("RUEHAA");
  auto const outcome = bench.handle(acknowledged("1-0"));
  REQUIRE(outcome.commit.size() == 1);
  CHECK(std::get<relay::Settled>(outcome.commit[0]).copy == id("1-0"));
  CHECK(std::holds_alternative<relay::Done>(outcome.then.at(0)));
  CHECK(bench.only<relay::Done>(acknowledged("1-0")).ticket == 5);
  CHECK(bench.handle(acknowledged("1-0")).commit.empty());
  CHECK(bench->messages() == 1);
  bench.handle(acknowledged("1-1"));
  CHECK(bench->messages() == 0);
  CHECK(bench->queues().empty());
  CHECK(bench->wake_at() == std::nullopt);
  CHECK(bench.handle(acknowledged("1-1")).commit.empty());
  CHECK(bench->status(id("1-1"), {}).state == relay::CopyState::settled);
}

TEST_CASE("an unknown copy is not found, and nothing of its group is settled") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.ask("RUEHC");
  auto const refuse = bench.only<relay::Refuse>(relay::Acknowledged{5, {id("1-0"), id("1-1")}});
  CHECK(refuse.reason == relay::Refused::not_found);
  CHECK(refuse.message == "there is no copy 1-1");
  CHECK(bench->status(id("1-0"), {}).state == relay::CopyState::handed_out);
  CHECK(bench.only<relay::Refuse>(acknowledged("2-0")).reason == relay::Refused::not_found);
  CHECK(bench.only<relay::Refuse>(released("2-0")).reason == relay::Refused::not_found);
}

// RT-92.
TEST_CASE("a copy that no reader holds is neither acknowledged nor released, with the reason") {
  Bench bench;
  for (int serial = 1; serial <= 3; ++serial) bench.handle(filed(1, to_secstate(serial)));
  auto const why = [&bench](relay::Event const& event) {
    auto const refuse = bench.only<relay::Refuse>(event);
    CHECK(refuse.reason == relay::Refused::not_handed_out);
    CHECK(refuse.ticket != 0);
    return refuse.message;
  };
  CHECK(why(acknowledged("1-0")) == "copy 1-0 was never handed out");
  CHECK(why(released("1-0")) == "copy 1-0 was never handed out");
  bench.ask("RUEHC", 2);
  CHECK(why(relay::Acknowledged{5, {id("1-0"), id("3-0")}}) == "copy 3-0 was never handed out");
  CHECK(bench->status(id("1-0"), {}).state == relay::CopyState::handed_out);
  bench.handle(released("2-0"));
  auto const over = "copy 2-0 is handed out no longer: it was released, or its lease has ended";
  CHECK(why(acknowledged("2-0")) == over);
  bench.ask("RUEHC", 9);
  bench.now += relay::Duration(1000);
  bench.handle(relay::Tick{});
  CHECK(why(acknowledged("2-0")) == over);
  CHECK(why(released("2-0")) == over);
  CHECK(lanes(*bench->queue("RUEHC")) == Ids{"action ROUTINE 3+0"});
  bench.ask("RUEHC", 9);
  bench.only<relay::Done>(acknowledged("2-0"));
  CHECK(why(released("2-0")) == "copy 2-0 is acknowledged already");
}

// RT-93.
TEST_CASE(
    "after a restart a copy that was handed out before it may be acknowledged, until it is given back") {
  Bench bench;
  for (int serial = 1; serial <= 4; ++serial) bench.handle(filed(1, to_secstate(serial)));
  bench.ask("RUEHC", 3);
  bench.handle(released("3-0"));
  bench.restart();
  CHECK(bench.handle(acknowledged("1-0")).commit.size() == 1);
  bench.only<relay::Done>(released("2-0"));
  CHECK(bench.only<relay::Refuse>(acknowledged("4-0")).reason == relay::Refused::not_handed_out);
  CHECK(bench.ask("RUEHC", 1) == Ids{"2-0"});
  bench.handle(released("2-0"));
  CHECK(bench.only<relay::Refuse>(acknowledged("2-0")).reason == relay::Refused::not_handed_out);
}

TEST_CASE("a released copy returns to its place at once") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(1, to_secstate(2)));
  bench.ask("RUEHC");
  auto const outcome = bench.handle(released("1-0"));
  CHECK(outcome.commit.empty());
  CHECK(std::holds_alternative<relay::Done>(outcome.then.at(0)));
  CHECK(bench->wake_at() == std::nullopt);
  CHECK(bench.ask("RUEHC", 2) == Ids{"1-0", "2-0"});
}

TEST_CASE("a reader who is gone loses leases and questions, others do not") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(1, to_secstate(2)));
  CHECK(bench.ask("RUEHC", 1, 1) == Ids{"1-0"});
  CHECK(bench.ask("RUEHC", 1, 2) == Ids{"2-0"});
  auto asked = Bench::asked("RUEHC", 1, 1);
  asked.wait = relay::Duration(500);
  bench.handle(asked);
  CHECK(bench.handle(relay::ReaderGone{1}).then.empty());
  CHECK(Bench::ids({0, 0, bench->peek("RUEHC", 9, true, true)}) == Ids{"1-0"});
  CHECK(bench->status(id("2-0"), {}).state == relay::CopyState::handed_out);
  bench.now += relay::Duration(500);
  CHECK(bench.handle(relay::Tick{}).then.empty());
}

TEST_CASE("a copy out again under a new lease does not end with the old one") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.ask("RUEHC");
  bench.handle(released("1-0"));
  bench.now += relay::Duration(600);
  bench.ask("RUEHC", 1, 2);
  bench.now += relay::Duration(400);
  bench.handle(relay::Tick{});
  CHECK(bench->status(id("1-0"), {}).state == relay::CopyState::handed_out);
  bench.handle(relay::ReaderGone{1});
  CHECK(bench->status(id("1-0"), {}).state == relay::CopyState::handed_out);
  CHECK(bench->wake_at() == bench.now + relay::Duration(600));
}

// --- Looks.

TEST_CASE("the oldest copy of a queue counts until it is acknowledged") {
  Bench bench;
  auto const first = bench.now;
  bench.handle(filed(1, to_secstate(1)));
  bench.now += relay::Duration(5);
  bench.handle(filed(1, to_secstate(2)));
  bench.ask("RUEHC");
  CHECK(bench->queue("RUEHC")->oldest == first);
  CHECK(bench->queues().at(0).oldest == first);
  bench.handle(acknowledged("1-0"));
  CHECK(bench->queue("RUEHC")->oldest == bench.now);
}

TEST_CASE("the status of a copy") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  relay::EnvelopeCopy const copy{"RUEHC", grammar::AddresseeKind::action, grammar::Precedence::routine};
  CHECK(bench->status(id("1-0"), copy).state == relay::CopyState::waiting);
  CHECK(bench->status(id("1-0"), copy).attempts == 0);
  bench.ask("RUEHC");
  CHECK(bench->status(id("1-0"), copy).state == relay::CopyState::handed_out);
  CHECK(bench->status(id("1-0"), copy).attempts == 1);
  CHECK(bench->status(id("1-0"), copy).copy == copy);
}

// --- Restart and random histories.

TEST_CASE("a restart ends leases, keeps attempts and numbers on") {
  Bench bench;
  bench.handle(filed(1, to_secstate(1)));
  bench.handle(filed(1, to_secstate(2)));
  bench.ask("RUEHC");
  bench.restart();
  CHECK(bench->wake_at() == std::nullopt);
  auto const hand = bench.only<relay::Hand>(Bench::asked("RUEHC", 2));
  CHECK(Bench::ids(hand) == Ids{"1-0", "2-0"});
  CHECK(hand.copies.at(0).attempt == 2);
  CHECK(hand.copies.at(0).suspected_duplicate);
  CHECK(hand.copies.at(1).attempt == 1);
  CHECK(bench.only<relay::Accept>(filed(1, to_secstate(3))).number == 3);
}

namespace {

// What the relay must be, told in the plainest way.
struct Model {
  struct Copy {
    relay::EnvelopeCopy copy;
    std::uint32_t attempts = 0;
    relay::CopyState state = relay::CopyState::waiting;
  };
  std::map<relay::CopyId, Copy> copies;

  void note(relay::Record const& record) {
    if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
      for (std::uint16_t i = 0; i < accepted->envelope.copies.size(); ++i)
        copies[{accepted->envelope.number, i}] = {accepted->envelope.copies[i], 0, relay::CopyState::waiting};
    if (auto const* const handed = std::get_if<relay::Handed>(&record)) {
      auto& copy = copies.at(handed->copy);
      RC_ASSERT(copy.state == relay::CopyState::waiting);
      RC_ASSERT(handed->attempt == copy.attempts + 1);
      copy.attempts = handed->attempt;
      copy.state = relay::CopyState::handed_out;
    }
    if (auto const* const settled = std::get_if<relay::Settled>(&record)) {
      RC_ASSERT(copies.at(settled->copy).state != relay::CopyState::settled);
      copies.at(settled->copy).state = relay::CopyState::settled;
    }
  }
  // In the order of collection.
  [[nodiscard]] std::vector<relay::CopyId> waiting(std::string_view queue) const {
    std::vector<relay::CopyId> ids;
    for (auto const& [id, copy] : copies)
      if (copy.copy.queue == queue && copy.state == relay::CopyState::waiting) ids.push_back(id);
    std::ranges::sort(ids, {}, [this](relay::CopyId id) {
      return std::pair(-static_cast<int>(copies.at(id).copy.precedence), id);
    });
    return ids;
  }
};

std::vector<std::string> const stations{"RUEHAA", "RUEHBB", "RUEHCC"};

Heading random_heading(int serial) {
  Heading heading;
  heading.serial = serial;
  heading.precedence = *rc::gen::element<std::string>("R", "P", "O", "Z");
  heading.to = *rc::gen::elementOf(stations) + "/A";
  for (auto const& station : stations)
    if (*rc::gen::inRange(0, 2) == 0) heading.info += (heading.info.empty() ? "" : "\n") + station + "/B";
  return heading;
}

relay::CopyId random_copy(Model const& model) {
  auto const at = *rc::gen::inRange<std::size_t>(0, model.copies.size());
  return std::next(model.copies.begin(), static_cast<std::ptrdiff_t>(at))->first;
}

relay::Event random_event(Model const& model, int serial) {
  auto const kind = model.copies.empty() ? 0 : *rc::gen::inRange(0, 8);
  switch (kind) {
    case 0:
    case 1:
      return filed(1, random_heading(serial));
    case 2:
    case 3: {
      auto asked =
          Bench::asked(*rc::gen::elementOf(stations), *rc::gen::inRange(1U, 5U), *rc::gen::inRange(1U, 3U));
      asked.lease = relay::Duration(*rc::gen::inRange(1, 50));
      asked.wait = relay::Duration(*rc::gen::element(0, 0, 30));
      asked.action = *rc::gen::inRange(0, 4) != 0;
      asked.info = *rc::gen::inRange(0, 4) != 0;
      return asked;
    }
    case 4:
      return relay::Acknowledged{1, {random_copy(model)}};
    case 5:
      return relay::Released{1, {random_copy(model)}};
    case 6:
      return relay::ReaderGone{*rc::gen::inRange(1U, 3U)};
    default:
      return relay::Tick{};
  }
}

// What the relay shows is what the model holds, copy by copy and queue by queue.
void same(relay::Relay const& relay, Model& model) {
  for (auto& [id, copy] : model.copies) {
    auto const status = relay.status(id, copy.copy);
    if (copy.state == relay::CopyState::settled) {
      RC_ASSERT(status.state == relay::CopyState::settled);
      continue;
    }
    RC_ASSERT(status.state != relay::CopyState::settled);
    RC_ASSERT(status.attempts == copy.attempts);
    copy.state = status.state;  // leases end by themselves
  }
  for (auto const& queue : stations) {
    std::vector<relay::CopyId> waiting;
    for (auto const& copy : relay.peek(queue, 1000, true, true)) waiting.push_back(copy.id);
    RC_ASSERT(waiting == model.waiting(queue));
    auto const depth = relay.queue(queue);
    std::size_t waits = 0, out = 0, handed_out = 0;
    for (auto const& lane : depth ? depth->lanes : std::vector<relay::LaneDepth>{}) {
      waits += lane.waiting;
      out += lane.handed_out;
    }
    for (auto const& [id, copy] : model.copies)
      if (copy.copy.queue == queue && copy.state == relay::CopyState::handed_out) ++handed_out;
    RC_ASSERT(waits == waiting.size());
    RC_ASSERT(out == handed_out);
    RC_ASSERT(depth.has_value() == (waits + out > 0));
  }
}

}  // namespace

TEST_CASE("every accepted copy is waiting, handed out or settled, in order, whatever happens") {
  CHECK(rc::check("conservation", [] {
    Bench bench;
    Model model;
    auto const steps = *rc::gen::inRange(1, 60);
    for (int i = 1; i <= steps; ++i) {
      auto const event = random_event(model, i);
      // A lease may have ended in this very event, so states are looked at before records are noted.
      auto const outcome = bench.handle(event);
      if (std::holds_alternative<relay::Filed>(event)) {
        auto const& accept = std::get<relay::Accept>(outcome.then.at(0));
        std::set<std::string> once;
        auto const& copies = std::get<relay::Accepted>(outcome.commit.at(0)).envelope.copies;
        for (auto const& copy : copies) RC_ASSERT(once.insert(copy.queue).second);
        RC_ASSERT(accept.action_copies + accept.info_copies == copies.size());
      }
      for (auto const& record : outcome.commit) {
        if (auto const* const handed = std::get_if<relay::Handed>(&record)) {
          auto& copy = model.copies[handed->copy];
          if (copy.state == relay::CopyState::handed_out) copy.state = relay::CopyState::waiting;
        }
        model.note(record);
      }
      same(*bench, model);
      bench.now += relay::Duration(*rc::gen::inRange(0, 20));
    }
  }));
}

TEST_CASE("a replay of what was committed gives the same queues, all copies back in their places") {
  CHECK(rc::check("restart", [] {
    Bench bench;
    Model model;
    auto const steps = *rc::gen::inRange(1, 40);
    for (int i = 1; i <= steps; ++i) {
      for (auto const& record : bench.handle(random_event(model, i)).commit) {
        if (auto const* const accepted = std::get_if<relay::Accepted>(&record)) model.note(*accepted);
      }
      bench.now += relay::Duration(*rc::gen::inRange(0, 20));
    }
    bench.handle(relay::ReaderGone{1});
    bench.handle(relay::ReaderGone{2});
    std::map<std::string, std::vector<std::pair<relay::CopyId, std::uint32_t>>> before, after;
    auto const look = [&bench](auto& into) {
      for (auto const& queue : stations)
        for (auto const& copy : bench->peek(queue, 1000, true, true))
          into[queue].emplace_back(copy.id, copy.attempt);
    };
    look(before);
    auto const depths = bench->queues();
    // Marks of one message in any order, those of a copy the higher attempt first.
    std::ranges::sort(bench.committed, [](relay::Record const& a, relay::Record const& b) {
      auto const rank = [](relay::Record const& record) {
        if (auto const* const accepted = std::get_if<relay::Accepted>(&record))
          return std::tuple(accepted->envelope.number, 0, 0, 0);
        if (auto const* const handed = std::get_if<relay::Handed>(&record))
          return std::tuple(handed->copy.message, 2, -static_cast<int>(handed->attempt),
                            int{handed->copy.copy});
        auto const copy = std::get<relay::Settled>(record).copy;
        return std::tuple(copy.message, 1, 0, int{copy.copy});
      };
      return rank(a) < rank(b);
    });
    bench.restart();
    look(after);
    RC_ASSERT(before == after);
    RC_ASSERT(bench->queues() == depths);
  }));
}
