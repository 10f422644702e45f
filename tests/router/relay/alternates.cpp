// What goes round a circuit that is closed, out or overloaded (RT-57).
#include <catch2/catch.hpp>

#include "tests/router/relay/bench.hpp"

namespace relay = torntape::relay;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using relay::testing::Bench;
using relay::testing::Lines;
using relay::testing::text_of;

namespace {

// Of a message for one station, filed at the relay; without a class FL4 has no warning.
relay::Filed filed(int serial, std::string const& station, std::string const& precedence = "R",
                   std::string const& warning = "ZNY CCCCC") {
  auto text = text_of({.serial = serial,
                       .to = station + "/SOMEBODY",
                       .info = {},
                       .exempted = {},
                       .warning = warning,
                       .precedence = precedence,
                       .text = "TEXT"});
  return relay::testing::filed(1, text);
}

constexpr auto outage = relay::Duration(300'000);

}  // namespace

TEST_CASE(
    "a circuit that is down for five minutes has its traffic go over the alternate, no pilot, as it is") {
  Bench bench;
  bench.open("AB", 1);
  bench.handle(filed(1, "RUEHBI"));
  CHECK(bench.ordered().empty());
  REQUIRE(bench->wake_at() == bench.now + outage);
  bench.now += outage;
  bench.after(relay::Tick{});
  CHECK(bench.ordered() == Lines{"ABO0002 1-0"});
  CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCABO0002\nRR RUEHBI\nDE RUEHTA #0001/01"));
  auto const of_xr = Contains("circuit XR is down for 300 s: its traffic goes over AB where it may (RT-57)");
  CHECK(std::ranges::any_of(bench.alarms(), [&](auto const& alarm) { return of_xr.match(alarm); }));
  SECTION("a restart knows over which circuit it went") {
    bench.handle(bench.sent());
    bench.restart();
    bench.open("AB", 2, 2);
    CHECK(bench.waiting("circuit XR") == "0+0");
  }
  SECTION("what was cut off there goes on the normal way once that is up, as a suspected duplicate") {
    bench.after(relay::CircuitDown{"AB", 1});
    CHECK(bench.waiting("circuit XR") == "1+0");
    bench.handle(relay::CircuitUp{"XR", 3});
    CHECK_THAT(bench.alarms().at(0), Contains("circuit XR is up: its traffic goes over it again"));
    bench.handle(bench.sent());
    bench.done.clear();
    bench.arrives("XR", "ZID XRO0001");
    CHECK(bench.ordered() == Lines{"XRO0002 1-0 before ABO0002"});
  }
}

TEST_CASE(
    "a circuit closed by an operator has its traffic go over the alternate at once, until it is opened") {
  Bench bench;
  bench.open("AB", 1);
  bench.open("XR", 2);
  bench.after(relay::CircuitClosed{5, "XR"});
  CHECK(bench.all<relay::Done>().at(0).ticket == 5);
  CHECK(bench->circuits().at(4).closed);
  bench.after(filed(1, "RUEHBI"));
  CHECK(bench.ordered() == Lines{"ABO0002 1-0"});
  SECTION("the numbers heard on it are told still") {
    bench.handle(bench.arrived("XR", relay::testing::message(9, "ZZ", "RUEHC").substr(1)));
    CHECK(bench.ordered().back() == "XRO0002 R Z XRI0002");
  }
  SECTION("after a restart it is closed still") {
    bench.restart();
    bench.open("XR", 3, 1);
    bench.handle(filed(2, "RUEHBI"));
    CHECK(bench.waiting("circuit XR") == "2+0");
    CHECK(bench.ordered().empty());
  }
  SECTION("opened again") {
    bench.after(relay::CircuitOpened{6, "XR"});
    bench.handle(filed(2, "RUEHBI"));
    CHECK(bench.ordered() == Lines{"XRO0002 2-0"});
  }
}

TEST_CASE("what goes round leaves with the alternate's own traffic, by precedence and in order of receipt") {
  Bench bench;
  bench.open("AB", 1);
  bench.handle(relay::CircuitClosed{5, "XR"});
  bench.done.clear();
  bench.handle(filed(1, "RTBAKV"));
  bench.handle(filed(2, "RUEHBI", "P"));
  bench.handle(filed(3, "RTBAOS", "P"));
  bench.handle(filed(4, "RUEHBI"));
  bench.handle(filed(5, "RTBAMN"));
  bench.handle(filed(6, "RUEHBI", "O"));
  bench.handle(filed(7, "RUEHBI", "Z"));
  for (int i = 0; i < 6; ++i) bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"ABO0002 1-0", "ABO0003 7-0", "ABO0004 6-0", "ABO0005 2-0", "ABO0006 3-0",
                                 "ABO0007 4-0", "ABO0008 5-0"});
  CHECK(bench.all<relay::Interrupt>().size() == 1);  // FLASH breaks in there too (RT-71)
}

TEST_CASE("an alternate that is not approved for the class all the way does not get the message (RT-51)") {
  Bench bench;
  bench.open("AF", 1);
  bench.handle(relay::CircuitClosed{5, "AD"});
  bench.done.clear();
  bench.handle(filed(1, "RUEHKO", "O", "ZNY CCCCC"));
  bench.handle(filed(2, "RUEHKO", "O", ""));
  CHECK(bench.ordered().empty());
  bench.handle(filed(3, "RUEHKO", "R", "ZNR UUUUU"));
  CHECK(bench.ordered() == Lines{"AFO0002 3-0"});
  CHECK(bench.waiting("circuit AD") == "2+1");
  bench.open("AD", 2);
  bench.handle(relay::CircuitOpened{6, "AD"});
  CHECK(bench.ordered() == Lines{"ADO0002 1-0"});
}

TEST_CASE("what came by the alternate does not go back by it, members of a collective excepted (RT-56)") {
  Bench bench;
  bench.open("AB", 1);
  bench.handle(relay::CircuitClosed{5, "XR"});
  bench.after(bench.arrived("AB", relay::testing::message(1, "R", "RUEHBI")));
  CHECK(bench.ordered().empty());
  CHECK(bench.waiting("circuit XR") == "1+0");
  auto of_collective = relay::testing::message(2, "R", "RUEHZL");
  bench.after(bench.arrived("AB", of_collective));
  CHECK(bench.ordered() == Lines{"ABO0002 2-0"});
  CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCABO0002\nRR RTBAKV RTBAMN RTBAOS RUEHNO\n"));
  bench.handle(bench.sent());
  CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCABO0003\nRR RUEHFL"));
}

TEST_CASE("in the middle of an alternate a message goes on, and not back") {
  Bench bench("RTBA");
  bench.open("AB", 1);
  bench.open("BE", 2);
  bench.handle(bench.arrived("AB", relay::testing::message(1, "R", "RUEHBI")));
  CHECK(bench.ordered() == Lines{"BEO0002 1-0"});
  CHECK(bench.waiting("intercept") == "0+0");
}

TEST_CASE(
    "what was sent when a circuit goes out goes again as a suspected duplicate where another way takes it") {
  Bench bench;
  bench.open("AB", 1);
  bench.open("XR", 2);
  bench.handle(filed(1, "RUEHBI"));
  bench.handle(bench.sent());
  bench.handle(filed(2, "RUEHBI"));
  bench.handle(relay::CircuitDown{"XR", 2});
  CHECK(bench.waiting("circuit XR") == "1+1");
  bench.now += outage;
  bench.after(relay::Tick{});
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"ABO0002 1-0 before XRO0002", "ABO0003 2-0 before XRO0003"});
}

TEST_CASE("copies that wait behind more than the backlog allows go over the alternate too") {
  relay::Limits limits;
  limits.backlog = 2;
  Bench bench("RTAA", limits);
  bench.open("AB", 1);
  bench.open("XR", 2);
  bench.handle(filed(1, "RUEHBI"));  // being sent
  bench.handle(filed(2, "RUEHBI"));
  bench.handle(filed(3, "RUEHBI"));
  CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
  bench.handle(filed(4, "RUEHBI"));
  CHECK(bench.ordered() == Lines{"XRO0002 1-0", "ABO0002 2-0"});
  bench.handle(bench.sent());
  CHECK(bench.waiting("circuit XR") == "2+2");  // no more than allowed: the rest waits its turn
}

TEST_CASE("there is no closing a circuit that is not there") {
  Bench bench;
  bench.after(relay::CircuitClosed{5, "BC"});
  CHECK(bench.all<relay::Refuse>().at(0).message == "RTAA has no circuit BC");
  CHECK(bench.committed.empty());
}
