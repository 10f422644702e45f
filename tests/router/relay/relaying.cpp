// A relay among others, on scripted circuits and a clock that the test turns by hand.
#include <algorithm>

#include <catch2/catch.hpp>

#include "router/relay/circuits.hpp"
#include "router/relay/relay.hpp"
#include "router/relay/service_message.hpp"
#include "router/relay/transmission.hpp"
#include "tests/router/relay/bench.hpp"

namespace relay = torntape::relay;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using relay::testing::Bench;
using relay::testing::filed;
using relay::testing::filed_here;
using relay::testing::Heading;
using relay::testing::Lines;
using relay::testing::message;
using relay::testing::received;
using relay::testing::routes_of;
using relay::testing::seed_text;
using relay::testing::text_of;

using namespace std::string_literals;

TEST_CASE(
    "a line begins with what was heard; messages wait until the far end has told, or its time is over") {
  Bench bench;
  bench.handle(filed_here(1));
  CHECK(bench.ordered().empty());
  CHECK(bench.waiting("circuit XR") == "1+0");
  bench.after(relay::CircuitUp{"XR", 7});
  CHECK(bench.ordered() == Lines{"XRO0001 ZID XRI0000"});
  CHECK(bench.last().service == "PP RTEA\nDE RTAA 3281600\nZID XRI0000\nNNNN\n");
  bench.after(bench.sent());
  CHECK(bench.ordered().empty());
  SECTION("told") {
    bench.arrives("XR", "ZID XRO0001");
    CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
  }
  SECTION("its time is over") {
    REQUIRE(bench->wake_at() == bench.now + relay::Duration(10'000));
    bench.now = *bench->wake_at();
    bench.after(relay::Tick{});
    CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
    CHECK_THAT(bench.alarms().at(0), Contains("RTEA does not tell what it has heard"));
  }
}

TEST_CASE("the seed leaves on XR with the seed's first three lines") {
  Bench bench;
  bench->prime("XR", 3820);
  bench.open("XR", 1);
  bench.handle(filed(1, seed_text()));
  auto const sends = bench.all<relay::Send>();
  REQUIRE(sends.size() == 1);
  auto const seed = seed_text();
  auto const heading = seed.substr(seed.find("VZCZCXRO3820"), 180);
  CHECK_THAT(bench.text(sends[0]), StartsWith(heading));
}

TEST_CASE("everything behind FL2 leaves as it came, whatever its line ends") {
  Bench bench;
  bench.open("XR", 1);
  bench.open("AC", 2);
  auto body = message(5);
  for (std::size_t at = 0; (at = body.find('\n', at)) != std::string::npos; at += 3)
    body.replace(at, 1, "\r\r\n");
  bench.after(bench.arrived("AC", body));
  auto const text = bench.text(bench.last());
  CHECK_THAT(text, StartsWith("VZCZCXRO0002\r\r\nRR RUEHBI\r\r\nDE RUEHTA #0005/01"));
  CHECK(text.substr(text.find("DE ")) == body.substr(body.find("DE ")));
}

TEST_CASE("the highest precedence leaves first, and the first come within it (RT-70)") {
  Bench bench;
  for (auto const& [serial, precedence] : {std::pair{1, "R"}, {2, "P"}, {3, "R"}, {4, "O"}, {5, "P"}})
    bench.handle(filed_here(serial, precedence));
  bench.handle(relay::CircuitUp{"XR", 1});
  bench.handle(bench.sent());
  bench.arrives("XR", "ZID XRO0001");
  bench.handle(filed_here(6, "O"));
  Lines order;
  for (int i = 0; i < 6; ++i) {
    order.push_back(to_string(bench.last().copy));
    bench.handle(bench.sent());
  }
  CHECK(order == Lines{"4-0", "6-0", "2-0", "5-0", "1-0", "3-0"});
}

TEST_CASE("a gap is reported, number by number (RT-11)") {
  Bench bench;
  bench.open("AC", 1);
  bench.handle(bench.arrived("AC", message(1), 5));
  CHECK(bench.alarms() == Lines{"circuit AC: 3 numbers from ACI0002 on did not come (RT-11)"});
  Lines reported;
  for (int i = 0; i < 3; ++i) {
    reported.push_back(bench.ordered().back());
    bench.handle(bench.sent());
  }
  CHECK(reported == Lines{"ACO0002 ZFX ACI0002", "ACO0003 ZFX ACI0003", "ACO0004 ZFX ACI0004"});
}

TEST_CASE("an open number is sent again under a new one (RT-12)") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1));
  bench.handle(bench.sent());
  bench.done.clear();
  bench.arrives("XR", "ZFX XRO0002");
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"XRO0003 ZID XRI0002", "XRO0004 1-0"});
  bench.handle(bench.sent());
  bench.done.clear();
  bench.arrives("XR", "ZFX XRO0001");
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"XRO0005 ZID XRI0003"});
  CHECK_THAT(bench.alarms().at(0), Contains("XRO0001 is open at RTEA, and no longer at hand"));
}

TEST_CASE(
    "what the far end has heard is settled; what it has not may be on its way, and is lost with the line") {
  Bench bench;
  bench.open("XR", 1);
  for (int serial = 1; serial <= 3; ++serial) {
    bench.handle(filed_here(serial));
    bench.handle(bench.sent());
  }
  CHECK(bench.waiting("circuit XR") == "0+3");
  bench.done.clear();
  bench.arrives("XR", "ZID XRO0003");
  CHECK(bench.waiting("circuit XR") == "0+1");
  CHECK(bench->messages() == 1);
  CHECK(bench.ordered().empty());
  bench.handle(relay::CircuitDown{"XR", 1});
  bench.after(relay::CircuitUp{"XR", 2}).handle(bench.sent());
  bench.done.clear();
  bench.arrives("XR", "ZID XRO0003");
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"XRO0006 ZID XRI0003", "XRO0007 3-0"});
}

TEST_CASE("a transmission cut off by the line is in doubt until the far end tells") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1));
  bench.handle(relay::CircuitDown{"XR", 1});
  CHECK(bench.waiting("circuit XR") == "1+0");
  bool const restarted = GENERATE(false, true);
  if (restarted) bench.restart();
  bench.after(relay::CircuitUp{"XR", 2});
  bench.handle(bench.sent());
  bench.done.clear();
  SECTION("it has it") {
    bench.arrives("XR", "ZID XRO0002");
    CHECK(bench.ordered().empty());
    CHECK(bench.waiting("circuit XR") == "0+0");
  }
  SECTION("it has it not") {
    bench.arrives("XR", "ZID XRO0001");
    bench.handle(bench.sent());
    CHECK(bench.ordered() == Lines{"XRO0004 ZID XRI0002", "XRO0005 1-0"});
  }
  SECTION("it does not tell: a suspected duplicate (RT-31)") {
    bench.now += relay::Duration(10'000);
    bench.handle(relay::Tick{});
    CHECK(bench.ordered() == Lines{"XRO0004 1-0 before XRO0002"});
    CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCXRO0004\nRR RUEHBI\nZFD RTAA\nVZCZCXRO0002\nRR "
                                                    "RUEHBI\nDE RUEHTA #0001/01"));
  }
}

TEST_CASE("FLASH breaks into what is being sent, which starts again under a new number (RT-71, RT-74)") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1, "R"));
  bench.done.clear();
  bench.handle(filed_here(2, "Z"));
  REQUIRE(bench.all<relay::Interrupt>().size() == 1);
  CHECK(bench.ordered().empty());
  bench.handle(filed_here(3, "Z"));
  CHECK(bench.all<relay::Interrupt>().size() == 1);
  bench.handle(relay::Broken{"XR", 1, 2});
  CHECK(bench.ordered() == Lines{"XRO0003 2-0"});
  bench.handle(bench.sent());
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"XRO0003 2-0", "XRO0004 3-0", "XRO0005 1-0"});
}

TEST_CASE("a suspected duplicate that FLASH breaks into is one still when it starts again (RT-31, RT-74)") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1, "R"));
  bench.handle(relay::CircuitDown{"XR", 1});
  bench.after(relay::CircuitUp{"XR", 2});
  bench.handle(bench.sent());
  bench.now += relay::Duration(10'000);
  bench.after(relay::Tick{});
  REQUIRE(bench.ordered() == Lines{"XRO0004 1-0 before XRO0002"});
  bench.after(filed_here(2, "Z"));
  REQUIRE(bench.all<relay::Interrupt>().size() == 1);
  bench.after(relay::Broken{"XR", 2, 4});
  CHECK(bench.ordered() == Lines{"XRO0005 2-0"});
  bench.after(bench.sent());
  CHECK(bench.ordered() == Lines{"XRO0006 1-0 before XRO0002"});
}

TEST_CASE(
    "IMMEDIATE breaks in where more is left than cancelling takes, PRIORITY into long ROUTINE (RT-72, "
    "RT-73)") {
  Bench bench;
  bench.open("XR", 1);  // 300 bits, 30 characters a second
  auto const breaks_in = [&](std::size_t characters, std::string const& precedence) {
    bench.handle(filed_here(1, "R", characters));
    bench.done.clear();
    bench.handle(filed_here(2, precedence));
    return !bench.all<relay::Interrupt>().empty();
  };
  SECTION("IMMEDIATE") { CHECK(breaks_in(0, "O")); }
  SECTION("PRIORITY, short") { CHECK_FALSE(breaks_in(0, "P")); }
  SECTION("PRIORITY, long") { CHECK(breaks_in(60'000, "P")); }
  SECTION("equal") { CHECK_FALSE(breaks_in(60'000, "R")); }
  SECTION("IMMEDIATE, nearly over") {
    bench.handle(filed_here(1, "R"));
    bench.now += relay::Duration(3'600'000);
    bench.done.clear();
    bench.handle(filed_here(2, "O"));
    CHECK(bench.all<relay::Interrupt>().empty());
  }
}

TEST_CASE("FLASH is receipted to the neighbour; without a receipt it goes again, suspected (RT-77, RT-78)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  bench.handle(bench.arrived("AC", message(1, "Z")));
  auto orders = bench.ordered();
  std::ranges::sort(orders);
  CHECK(orders == Lines{"ACO0002 R Z ACI0002", "XRO0002 1-0"});
  bench.handle(relay::Sent{"XR", 2, 2});
  bench.done.clear();
  SECTION("receipted") {
    bench.arrives("XR", "R Z XRO0002");
    bench.now += relay::Duration(120'000);
    bench.handle(relay::Tick{});
    CHECK(bench.ordered().empty());
  }
  SECTION("not") {
    bench.now += relay::Duration(120'000);
    bench.handle(relay::Tick{});
    CHECK(bench.ordered() == Lines{"XRO0003 1-0 before XRO0002"});
    CHECK_THAT(bench.alarms().at(0), Contains("no receipt for FLASH XRO0002"));
  }
}

TEST_CASE("the same message for the same indicator again is filed, and its sender told (RT-33)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  bench.handle(bench.arrived("AC", message(1)));
  CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
  bench.after(bench.arrived("AC", message(1)));
  CHECK(bench.ordered() == Lines{"ACO0002 RUEHTA 0001/01 2290141 ACI0003 DUPLICATE"});
  CHECK(bench.waiting("circuit XR") == "0+1");
  SECTION("for another indicator it is another leg (RT-30)") {
    bench.after(bench.arrived("AC", message(1, "R", "RUEHCI")));
    CHECK(bench.messages.size() == 2);
  }
  SECTION("under ZFG it is delivered (RT-35)") {
    auto explained = message(1);
    explained.replace(explained.find("ZNY CCCCC"), 9, "ZNY CCCCC ZFG");
    bench.after(bench.arrived("AC", explained));
    CHECK(bench.messages.size() == 2);
  }
  SECTION("after a restart it is known still") {
    bench.restart();
    bench.handle(bench.arrived("AC", message(1)));
    CHECK(bench.messages.size() == 1);
  }
}

TEST_CASE("what was passed on and comes back another way has run in a circle, and is held (RT-62)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("AB", 2);
  bench.open("XR", 3);
  bench.handle(bench.arrived("AC", message(1)));
  CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
  bench.after(bench.arrived("AB", message(1)));
  CHECK(bench.ordered().empty());
  CHECK(bench.waiting("intercept") == "1+0");
  CHECK_THAT(bench.alarms().at(0),
             Contains("RUEHBI was seen to here before and has run in a circle: RTAA, RTEA ... "
                      "RTBA, RTAA (RT-62)"));
  SECTION("an operator sends it on") {
    bench.handle(relay::Sent{"XR", 3, 2});
    bench.after(relay::Rerouted{5, {{2, 0}}, ""});
    CHECK(bench.ordered() == Lines{"XRO0003 2-0"});
  }
  SECTION("a suspected duplicate is filed (RT-32)") {
    auto suspected = message(1);
    suspected.insert(suspected.find("ZNY CCCCC") + 9, " ZFD");
    bench.after(bench.arrived("AB", suspected));
    CHECK(bench.messages.size() == 2);
  }
  SECTION("so is what is for a station here") {
    bench.handle(bench.arrived("AC", message(2, "R", "RUEHC")));
    bench.handle(bench.arrived("AB", message(2, "R", "RUEHC")));
    CHECK(bench.waiting("RUEHC") == "1+0");
    CHECK(bench.waiting("intercept") == "1+0");
  }
}

TEST_CASE("what cannot go on waits for the operator, the rest goes (RT-50, RT-51, RT-56, RT-91)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  auto body = message(1, "R", "RUEHBI");
  body.replace(0, 9, "RR RTCAQB RUEHBI RUXXAA");
  bench.handle(bench.arrived("AC", body));
  CHECK(bench.ordered() == Lines{"XRO0002 1-0", "ACO0002 2-0"});
  CHECK(bench.waiting("intercept") == "2+0");
  CHECK_THAT(bench.alarms().at(0), Contains("RTCAQB came in by circuit AC and would leave by it (RT-56)"));
  CHECK_THAT(bench.alarms().at(1), Contains("RUXXAA is in no entry of the directory"));
  relay::Asked asked;
  asked.queue = "intercept";
  asked.max = 9;
  bench.after(asked);
  CHECK(bench.all<relay::Hand>().at(0).copies.size() == 2);
}

TEST_CASE("the originator is told what was intercepted, by a service message of the relay (SM-38)") {
  Bench bench;
  bench.open("AC", 1);
  auto body = message(1, "R", "RUEHBI");
  body.replace(0, 9, "RR RUXXAA RUYYAA");
  SECTION("indicators nobody knows") {
    bench.handle(bench.arrived("AC", body));
    CHECK(bench.ordered() == Lines{"ACO0002 2-0"});
    CHECK(bench.text(bench.last()) ==
          "VZCZCACO0002\nRR RUEHTA\nDE RTAA #0002 3281600\nZNR UUUUU\nBT\nUNCLAS SVC RTAACSD\n"
          "RUEHTA 0001/01 2290141 INV RUXXAA RUYYAA REJ\nBT\nNNNN\n");
  }
  SECTION("a class too high for the circuit") {
    auto secret = message(1, "R", "RTFALP");
    secret.replace(secret.find("CCCCC"), 5, "SSSSS");
    bench.handle(bench.arrived("AC", secret));
    CHECK_THAT(bench.text(bench.last()), Contains("\nRUEHTA 0001/01 2290141 SEC RTFALP REJ\n"));
  }
  SECTION("but no relay is, and no station that nobody knows") {
    body.replace(body.find("DE RUEHTA"), 9, "DE RTCA  ");
    bench.handle(bench.arrived("AC", body));
    body.replace(body.find("DE RTCA  "), 9, "DE RUZZAA");
    bench.handle(bench.arrived("AC", body));
    CHECK(bench.messages.size() == 2);
  }
  SECTION("and is told once more after a restart only if it comes again") {
    bench.handle(bench.arrived("AC", body));
    bench.restart();
    CHECK(bench.waiting("circuit AC") == "1+0");
  }
}

TEST_CASE("a message whose routing cannot be trusted goes nowhere by itself (RT-04)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  auto garbled = bench.arrived("AC", message(1));
  garbled.fault = "precedence is not two equal letters (FL2-01)";
  bench.handle(garbled);
  CHECK(bench.ordered() == Lines{"ACO0002 ACI0002 RUEHTA 0001/01 2290141 ZES2"});  // and no copy
  CHECK(bench.waiting("intercept") == "1+0");
}

TEST_CASE("nothing is asked about what a relay says itself, or what has no number (RT-47)") {
  Bench bench;
  bench.open("AC", 1);
  auto from_a_relay = bench.arrived("AC", "PP RTAA\nDE RTCA 3291200\nACO0001 ZES2\nNNNN\n");
  from_a_relay.fault = "a fault";
  bench.handle(from_a_relay);
  auto without_number = bench.arrived("AC", message(1));
  without_number.message = relay::testing::received(message(1));
  without_number.fault = "a fault";
  bench.handle(without_number);
  CHECK(bench.ordered().empty());
  CHECK(bench.waiting("intercept") == "2+0");
}

TEST_CASE("where all is let in, what is filed and cannot be delivered waits for an operator") {
  Bench bench;
  auto const filed = [](std::string const& text, std::string fault) {
    relay::Arrived arrived{.ticket = 5,
                           .circuit = {},
                           .message = relay::testing::received(text),
                           .digest = relay::testing::digest_of(text),
                           .fault = std::move(fault)};
    return arrived;
  };
  SECTION("what cannot be read") {
    bench.handle(filed("NONSENSE\n", "no end of message is read in it (RT-02)"));
    auto const accepted = bench.all<relay::Accept>();
    REQUIRE(accepted.size() == 1);
    CHECK(accepted[0].ticket == 5);
    CHECK(accepted[0].notes ==
          Lines{"a copy waits in the queue intercept: no end of message is read in it (RT-02)"});
    bench.after(filed("NONSENSE\n", "no end of message is read in it (RT-02)"));
    CHECK(bench.all<relay::Accept>().at(0).already_filed);
  }
  SECTION("whom nobody knows; the others get theirs") {
    auto text = relay::testing::text_of({.to = "RUEHC/SECSTATE WASHDC\nRUXXAA/NOBODY"});
    bench.handle(filed(text, ""));
    CHECK(bench.all<relay::Accept>().at(0).notes.size() == 1);
    CHECK(bench.waiting("RUEHC") == "1+0");
  }
  CHECK(bench.waiting("intercept") == "1+0");
  bench.restart();
  CHECK(bench.waiting("intercept") == "1+0");
}

TEST_CASE("a copy that leaves on a circuit is no reader's") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1));
  bench.after(relay::Acknowledged{5, {{1, 0}}});
  CHECK(bench.all<relay::Refuse>().at(0).message == "copy 1-0 leaves on a circuit");
  relay::Asked asked;
  asked.queue = "circuit XR";
  bench.after(asked);
  CHECK(bench.all<relay::Refuse>().at(0).reason == relay::Refused::not_found);
}

TEST_CASE("the oldest copy of a circuit counts until the far end tells that it got there") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1));
  auto const filed_at = bench.now;
  auto const oldest = [&] {
    auto const queues = bench->queues();
    auto const found = std::ranges::find(queues, "circuit XR", &relay::QueueDepth::name);
    return found == queues.end() ? std::nullopt : found->oldest;
  };
  bench.after(bench.sent());
  CHECK(oldest() == filed_at);
  bench.arrives("XR", "ZID XRO0002");
  CHECK(oldest() == std::nullopt);
}

TEST_CASE("a repeated number with another message is let through, and its sender told (RT-13)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  bench.handle(bench.arrived("AC", message(1), 2));
  bench.done.clear();
  bench.handle(bench.arrived("AC", message(2), 2));
  auto orders = bench.ordered();
  CHECK(orders == Lines{"ACO0002 ZFQ ACI0002"});
  CHECK(bench.messages.size() == 2);
  CHECK(bench->circuits().at(1).last_heard == 2);
}

TEST_CASE("a hundred numbers heard are told, so that the far end need not keep them") {
  Bench bench;
  bench.open("AC", 1);
  for (int serial = 1; serial < 99; ++serial) bench.handle(bench.arrived("AC", message(serial)));
  CHECK(bench.ordered().empty());
  bench.handle(bench.arrived("AC", message(100)));
  CHECK(bench.ordered() == Lines{"ACO0002 ZID ACI0100"});
}

TEST_CASE("half an hour after the last traffic what was heard is told (RT-17)") {
  Bench bench;
  bench.open("AC", 1);
  bench.now += relay::Duration(300'000);
  bench.handle(relay::Tick{});  // the other circuits are found out
  bench.handle(bench.arrived("AC", message(1)));
  CHECK(bench->wake_at() == bench.now + relay::Duration(1'800'000));
  bench.now += relay::Duration(1'800'000);
  bench.after(relay::Tick{});
  CHECK(bench.ordered() == Lines{"ACO0002 ZID ACI0002"});
}

TEST_CASE("the numbers go on after a restart") {
  Bench bench;
  bench.open("XR", 1);
  bench.handle(filed_here(1));
  bench.handle(bench.sent());
  bench.arrives("XR", "ZID XRO0002");
  bench.restart();
  bench.handle(relay::CircuitUp{"XR", 2});
  CHECK(bench.ordered() == Lines{"XRO0003 ZID XRI0002"});
}
