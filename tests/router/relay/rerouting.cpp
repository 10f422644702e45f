// What is routed anew: by another network file, or by an operator.
#include <catch2/catch.hpp>

#include "tests/router/relay/bench.hpp"

namespace relay = torntape::relay;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using relay::testing::Bench;
using relay::testing::changed;
using relay::testing::filed_here;
using relay::testing::Lines;
using relay::testing::message;
using torntape::directory::Network;

namespace {

void without(Network& network, std::string_view circuit) {
  std::erase_if(network.circuits, [&](auto const& one) { return one.name == circuit; });
}

void move_station(Network& network, std::string_view station, std::string const& relay) {
  for (auto& one : network.stations)
    if (one.indicator == station) one.relay = relay;
}

relay::Asked asked(std::string queue) {
  relay::Asked asked;
  asked.queue = std::move(queue);
  asked.max = 9;
  return asked;
}

// An operator collects what a reader would.
std::vector<relay::HandedCopy> collected(Bench& bench, std::string const& queue) {
  bench.after(asked(queue));
  auto const hands = bench.all<relay::Hand>();
  return hands.empty() ? std::vector<relay::HandedCopy>{} : hands.at(0).copies;
}

}  // namespace

TEST_CASE("what waits for a circuit that is there no longer goes the new way") {
  Bench bench;
  bench.open("AB", 1);
  bench.handle(filed_here(1));
  bench.after(changed(*bench.routes(), [](Network& network) { without(network, "XR"); }));
  CHECK(bench.all<relay::Done>().size() == 1);
  CHECK(bench.ordered() == Lines{"ABO0002 1-0"});
  CHECK(bench.waiting("circuit XR") == "0+0");
  CHECK(bench->circuits().size() == 4);
  bench.after(relay::CircuitUp{"XR", 9});
  CHECK(bench.ordered().empty());
  bench.use(changed(*bench.routes(), [](Network& network) { without(network, "XR"); }).routes);
  bench.restart();
  CHECK(bench.waiting("circuit AB") == "1+0");
}

TEST_CASE(
    "what was sent over a circuit that is there no longer goes again as a suspected duplicate (RT-31)") {
  Bench bench;
  bench.open("AB", 1);
  bench.open("XR", 2);
  bench.handle(filed_here(1));
  bench.handle(bench.sent());
  bench.handle(filed_here(2));
  bench.after(changed(*bench.routes(), [](Network& network) { without(network, "XR"); }));
  bench.handle(bench.sent());
  CHECK(bench.ordered() == Lines{"ABO0002 1-0 before XRO0002", "ABO0003 2-0 before XRO0003"});
}

TEST_CASE("a leg whose stations go different ways now is split; the first keeps the id") {
  Bench bench;
  auto text = "VZCZCTAI0001\n" + message(1, "P", "RUEHBI");
  text.replace(text.find("TO RUEHBI/SOMEBODY"), 18, "TO RUEHBI/SOMEBODY\nRUEHCI/ANOTHER\nRUEHSR/A THIRD");
  bench.handle(relay::testing::filed(1, text));
  CHECK(bench.waiting("circuit XR") == "1+0");
  bench.after(changed(*bench.routes(), [](Network& network) {
    move_station(network, "RUEHBI", "RTBA");
    move_station(network, "RUEHCI", "RTAA");
  }));
  CHECK(bench.waiting("circuit XR") == "1+0");
  CHECK(bench.waiting("circuit AB") == "1+0");
  auto const here = collected(bench, "RUEHCI");
  REQUIRE(here.size() == 1);
  CHECK(here[0].id.message == 1);
  CHECK(here[0].copy.precedence == torntape::grammar::Precedence::priority);
  SECTION("and so it is after a restart") {
    bench.restart();
    CHECK(bench.waiting("circuit XR") == "1+0");
    CHECK(bench.waiting("circuit AB") == "1+0");
    CHECK(bench.waiting("RUEHCI") == "1+0");
  }
}

TEST_CASE("the queue of a station that is there no longer keeps its copies") {
  Bench bench;
  bench.handle(relay::testing::filed(1, "VZCZCTAI0001\n" + message(1, "R", "RUEHC")));
  bench.after(changed(*bench.routes(), [](Network& network) {
    std::erase_if(network.stations, [](auto const& one) { return one.indicator == "RUEHC"; });
  }));
  CHECK(collected(bench, "RUEHC").size() == 1);
}

TEST_CASE("what has no way in the new network waits for an operator") {
  Bench bench;
  bench.handle(filed_here(1));
  bench.after(changed(*bench.routes(), [](Network& network) { move_station(network, "RUEHBI", "RTAA"); }));
  CHECK(bench.waiting("RUEHBI") == "1+0");
  bench.handle(filed_here(2));
  CHECK(bench.waiting("RUEHBI") == "2+0");
  Bench other;
  other.handle(filed_here(1));
  other.after(changed(*other.routes(), [](Network& network) { network.circuits.clear(); }));
  CHECK(other.waiting("intercept") == "1+0");
  CHECK_THAT(other.alarms().at(0), Contains("no circuit leads from RTAA to RTEA"));
}

TEST_CASE("a network without this relay is refused, and the old one holds") {
  Bench bench;
  bench.after(changed(*bench.routes(), [](Network& network) {
    std::erase_if(network.relays, [](auto const& one) { return one.indicator == "RTAA"; });
  }));
  CHECK(bench.all<relay::Refuse>().at(0).message == "RTAA is no relay of that network");
  bench.handle(filed_here(1));
  CHECK(bench.waiting("circuit XR") == "1+0");
}

TEST_CASE("an intercepted copy goes on as an operator says (RT-40, RT-91)") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  bench.handle(bench.arrived("AC", message(1, "P", "RUXXAA")));
  REQUIRE(bench.waiting("intercept") == "1+0");
  SECTION("to the right indicator, under a misroute pilot (SM-25)") {
    bench.after(relay::Rerouted{5, {{1, 0}}, "RUEHBI"});
    CHECK(bench.all<relay::Done>().at(0).ticket == 5);
    CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
    auto const text = bench.text(bench.last());
    CHECK_THAT(
        text,
        StartsWith("VZCZCXRO0002\nPP RUEHBI\nZNY CCCCC ZOV RTAA\nVZCZCACI0002\nPP RUXXAA\nDE RUEHTA #0001"));
    Bench far("RTEA");
    far.open("XR", 1, 1);
    far.handle(far.arrived("XR", text.substr(13), 2));
    CHECK(far.waiting("RUEHBI") == "1+0");
    CHECK(far.waiting("intercept") == "0+0");
  }
  SECTION("to a station here") {
    bench.after(relay::Rerouted{5, {{1, 0}}, "RUEHC"});
    CHECK(collected(bench, "RUEHC").size() == 1);
    CHECK(bench.waiting("intercept") == "0+0");
    bench.restart();
    CHECK(bench.waiting("RUEHC") == "1+0");
  }
  SECTION("as it is called, which the network may have learned since") {
    bench.after(relay::Rerouted{5, {{1, 0}}, ""});
    CHECK_THAT(bench.all<relay::Refuse>().at(0).message, Contains("RUXXAA is in no entry of the directory"));
    bench.handle(changed(*bench.routes(), [](Network& network) {
      network.stations.push_back(
          {.indicator = "RUXXAA", .name = "DEMO POST XX", .relay = "RTEA", .guard = {}});
    }));
    bench.after(relay::Rerouted{6, {{1, 0}}, ""});
    CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCXRO0002\nPP RUXXAA\nDE RUEHTA #0001"));
  }
  SECTION("not where it may not go, nor to nobody, nor twice") {
    bench.after(relay::Rerouted{5, {{1, 0}}, "RUYYAA"});
    CHECK(bench.all<relay::Refuse>().at(0).reason == relay::Refused::unroutable);
    bench.after(relay::Rerouted{6, {{1, 0}, {9, 0}}, "RUEHBI"});
    CHECK(bench.all<relay::Refuse>().at(0).message == "there is no intercepted copy and no dead letter 9-0");
    CHECK(bench.waiting("intercept") == "1+0");
    bench.handle(relay::Rerouted{7, {{1, 0}}, "RUEHBI"});
    bench.after(relay::Rerouted{8, {{1, 0}}, "RUEHBI"});
    CHECK(bench.all<relay::Refuse>().at(0).message == "there is no intercepted copy and no dead letter 1-0");
  }
  SECTION("also while a reader looks at it") {
    CHECK(collected(bench, "intercept").size() == 1);
    bench.after(relay::Rerouted{5, {{1, 0}}, "RUEHBI"});
    CHECK(bench.ordered() == Lines{"XRO0002 1-0"});
    bench.after(relay::Acknowledged{6, {{1, 0}}});
    CHECK(bench.all<relay::Refuse>().size() == 1);
  }
}

TEST_CASE("who called wrongly is told the right indicator, once a message (SM-26)") {
  Bench bench("RTCA");
  bench.open("AC", 1);
  bench.now = relay::Now(std::chrono::sys_days{std::chrono::year{2009} / 8 / 17} + std::chrono::hours(2));
  auto body = message(1, "R", "RUEHBI");
  body.replace(0, 9, "RR RUXXAA RUYYAA");
  bench.handle(bench.arrived("AC", body));
  REQUIRE(bench.waiting("intercept") == "2+0");
  REQUIRE(collected(bench, "RUEHTA").size() == 1);  // SM-38
  auto const notice = [&bench] {
    auto const told = collected(bench, "RUEHTA");
    return told.empty() ? std::string() : bench.messages.at(told.at(0).id.message).message->bytes();
  };
  SECTION("to a station, which is named") {
    bench.handle(relay::Rerouted{5, {{1, 0}, {1, 1}}, "RTCATR"});
    CHECK(notice() ==
          "RR RUEHTA\nDE RTCA #0003 2290200\nZNR UUUUU\nBT\nUNCLAS SVC ZEQ3 RUEHTA 0001/01 2290141\n"
          "RTCATR AMEMBASSY TARSIBAD 170200Z\nBT\nNNNN\n");
    CHECK(notice().empty());
  }
  SECTION("not when it goes on as it is called, which the network has learned since") {
    bench.handle(changed(*bench.routes(), [](Network& network) {
      network.stations.push_back(
          {.indicator = "RUXXAA", .name = "DEMO POST XX", .relay = "RTCA", .guard = {}});
    }));
    bench.handle(relay::Rerouted{5, {{1, 0}}, ""});
    CHECK(bench.waiting("RUXXAA") == "1+0");
    CHECK(notice().empty());
    bench.handle(relay::Rerouted{6, {{1, 1}}, "RUXXAA"});
    CHECK_THAT(notice(), Contains("\nRUXXAA DEMO POST XX 170200Z\n"));
  }
}

TEST_CASE("a message whose routing cannot be trusted goes on under the indicator an operator names") {
  Bench bench;
  bench.open("AC", 1);
  bench.open("XR", 2);
  auto garbled = bench.arrived("AC", message(1, "O"));
  garbled.fault = "precedence is not two equal letters (FL2-01)";
  bench.handle(garbled);
  bench.after(relay::Rerouted{5, {{1, 0}}, ""});
  CHECK_THAT(bench.all<relay::Refuse>().at(0).message, Contains("name the right indicator"));
  bench.after(relay::Rerouted{6, {{1, 0}}, "RUEHBI"});
  CHECK_THAT(bench.text(bench.last()), StartsWith("VZCZCXRO0002\nOO RUEHBI\nZNY CCCCC ZOV RTAA\n"));
  CHECK(bench.messages.size() == 1);  // it was garbled, not misrouted: nobody is told (SM-26)
}
