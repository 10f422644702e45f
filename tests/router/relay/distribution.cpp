#include "router/relay/distribution.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "tests/router/relay/support.hpp"

namespace relay = torntape::relay;
namespace grammar = torntape::grammar;
using relay::testing::Heading;
using relay::testing::received;
using relay::testing::routes_of;
using relay::testing::seed_text;
using relay::testing::text_of;

namespace {

using Strings = std::vector<std::string>;

// "RUEHC action PRIORITY", "RTBAOS info ROUTINE of CIS COLLECTIVE".
std::string in_words(relay::Called const& called) {
  return fmt::format("{} {} {}{}{}", called.indicator, name(called.kind), name(called.precedence),
                     called.collective.empty() ? "" : " of ", called.collective);
}

Strings in_words(std::vector<relay::Called> const& set) {
  Strings words;
  for (auto const& called : set) words.push_back(in_words(called));
  return words;
}

Strings indicators(std::vector<relay::Called> const& set) {
  Strings all;
  for (auto const& called : set) all.push_back(called.indicator);
  return all;
}

Strings sorted(Strings strings) {
  std::ranges::sort(strings);
  return strings;
}

// "XR: RUEHBI RUEHCI".
Strings in_words(std::vector<relay::Leg> const& legs) {
  Strings words;
  for (auto const& leg : legs)
    words.push_back(fmt::format("{}: {}", leg.circuit->name, fmt::join(indicators(leg.called), " ")));
  return words;
}

Strings reasons(relay::Distribution const& distribution) {
  Strings words;
  for (auto const& intercepted : distribution.intercepted) words.push_back(intercepted.reason);
  return words;
}

Strings filed_words(Heading const& heading, std::string_view here = "RTAA") {
  auto const message = received(text_of(heading));
  auto const routes = routes_of("demo.toml");
  return in_words(relay::filed_set(message->message(), &routes->directory(), here));
}

relay::Distribution filed_distribution(Heading const& heading, std::string_view here) {
  auto const message = received(text_of(heading));
  static auto const routes = routes_of("demo.toml");  // the legs point into it
  return relay::distribute(relay::filed_set(message->message(), &routes->directory(), here),
                           message->message(), *routes, here);
}

}  // namespace

// ACP 127(G) 145: the called stations are the addressees.
TEST_CASE("a message without an address is for the stations of its own FL2, for action") {
  auto const message = received(
      "VZCZCEUC093\nOO RTCAQB RTCATR\nDE RTBAKV 115 2310941\nZNR UUUUU\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n");
  REQUIRE(message->message().addressees.empty());
  Strings const called{"RTCAQB action IMMEDIATE", "RTCATR action IMMEDIATE"};
  CHECK(in_words(relay::filed_set(message->message(), nullptr, "")) == called);
  auto const routes = routes_of("demo.toml");
  CHECK(in_words(relay::filed_set(message->message(), &routes->directory(), "RTCA")) == called);
}

TEST_CASE("an open switch calls every addressee as it stands") {
  auto const message = received(seed_text());
  auto const set = relay::filed_set(message->message(), nullptr, "");
  REQUIRE(set.size() == 14);
  CHECK(in_words(set[0]) == "RUEHC action PRIORITY");
  CHECK(std::ranges::count(set, grammar::AddresseeKind::action, &relay::Called::kind) == 1);
  CHECK(in_words(set[1]) == "RUCNCLS info PRIORITY");
}

TEST_CASE("an open switch calls a name where there is no indicator, but none served by other means") {
  auto const message =
      received(text_of({.to = "AMEMBASSY OSTREVA", .info = "ZEN/AMEMBASSY KARSTOVA\nRUEHC/SECSTATE WASHDC"}));
  CHECK(in_words(relay::filed_set(message->message(), nullptr, "")) ==
        Strings{"AMEMBASSY OSTREVA action ROUTINE", "RUEHC info ROUTINE"});
}

TEST_CASE("on the one-switch network the seed calls 31 stations once each, one for action") {
  auto const message = received(seed_text());
  auto const routes = routes_of("one-switch.toml");
  auto const set = relay::filed_set(message->message(), &routes->directory(), "RTAA");
  auto const distribution = relay::distribute(set, message->message(), *routes, "RTAA");
  CHECK(distribution.legs.empty());
  CHECK(distribution.intercepted.empty());
  REQUIRE(distribution.local.size() == 31);
  auto const all = indicators(distribution.local);
  CHECK(std::set<std::string>(all.begin(), all.end()).size() == 31);
  CHECK(in_words(distribution.local[0]) == "RUEHC action PRIORITY");
  CHECK(std::ranges::count(set, grammar::AddresseeKind::info, &relay::Called::kind) == 30);
  CHECK(std::ranges::find(all, "RUEHTA") != all.end());  // of the CIS collective, though it is the originator
}

// The worked example: the seed filed at RTCA, expanded at RTAA.
TEST_CASE("the seed walks the demonstration network to leg XR with its own thirteen indicators") {
  auto const message = received(seed_text());
  auto const routes = routes_of("demo.toml");
  auto const& directory = routes->directory();
  auto const at_charlie = relay::distribute(relay::filed_set(message->message(), &directory, "RTCA"),
                                            message->message(), *routes, "RTCA");
  CHECK(at_charlie.local.empty());
  CHECK(at_charlie.intercepted.empty());
  REQUIRE(in_words(at_charlie.legs) ==
          Strings{"AC: RHEFAAA RHEHNSC RHMFISS RUCNCIS RUCNCLS RUCNDT RUEAIIA RUEHBJ RUEHC RUEHKO RUEHNO "
                  "RUEHUL RUEHZL RUEKJCS"});

  auto const set =
      relay::relayed_set(message->message(), indicators(at_charlie.legs[0].called), directory, "RTAA");
  auto const at_alfa = relay::distribute(set, message->message(), *routes, "RTAA");
  CHECK(at_alfa.intercepted.empty());
  CHECK(in_words(at_alfa.legs) == Strings{"AB: RUEHNO", "AB: RTBAKV RTBAMN RTBAOS",
                                          "AC: RTCAQB RTCATR RTCATRM RUEHTA", "AD: RUEHBJ RUEHKO RUEHUL",
                                          "XR: RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH "
                                          "RUEHNP RUEHPW RUEHROV RUEHSL RUEHSR"});
  CHECK(sorted(indicators(at_alfa.local)) ==
        Strings{"RHEFAAA", "RHEHNSC", "RHMFISS", "RUCNDT", "RUEAIIA", "RUEHC", "RUEKJCS"});

  auto const at_echo = relay::distribute(
      relay::relayed_set(message->message(), indicators(at_alfa.legs[4].called), directory, "RTEA"),
      message->message(), *routes, "RTEA");
  CHECK(at_echo.local.size() == 13);
  CHECK(at_echo.legs.empty());
  CHECK(in_words(at_echo.local[0]) == "RUEHBI info PRIORITY");
}

TEST_CASE("without the split explicit indicators and members leave together") {
  auto const message = received(seed_text());
  auto const routes = routes_of("demo.toml");
  auto const set = relay::filed_set(message->message(), &routes->directory(), "RTAA");
  auto const together = relay::distribute(set, message->message(), *routes, "RTAA", {}, false);
  CHECK(in_words(together.legs)[0] == "AB: RTBAKV RTBAMN RTBAOS RUEHNO");
}

// RT-21.
TEST_CASE("a collective goes by its own indicator, and by its members where it is owned") {
  Heading const heading{.to = "RUCNCIS/CIS COLLECTIVE PRIORITY"};
  CHECK(filed_words(heading, "RTCA") == Strings{"RUCNCIS action PRIORITY"});
  CHECK(filed_words(heading, "RTAA") ==
        Strings{"RUEHTA action PRIORITY of CIS COLLECTIVE", "RTCAQB action PRIORITY of CIS COLLECTIVE",
                "RTCATR action PRIORITY of CIS COLLECTIVE", "RTBAOS action PRIORITY of CIS COLLECTIVE"});
}

// ACP 127(G) 205.c.
TEST_CASE("an AIG is expanded where it is filed, its info members for information") {
  CHECK(filed_words({.to = "AIG 9901 ROUTINE"}, "RTCA") == Strings{"RTEAJX action ROUTINE of AIG 9901",
                                                                   "RTFACF info ROUTINE of AIG 9901",
                                                                   "RTFAAB info ROUTINE of AIG 9901"});
  CHECK(filed_words({.info = "AIG 9901 ROUTINE"}, "RTCA")[1] == "RTEAJX info ROUTINE of AIG 9901");
}

// RT-22.
TEST_CASE("exempted names leave collectives, but not the individual address") {
  CHECK(filed_words({.to = "RUCNCIS/CIS COLLECTIVE",
                     .exempted = "RTBAOS/AMEMBASSY OSTREVA\nRTCAQB/AMEMBASSY QALARABAD"}) ==
        Strings{"RUEHTA action ROUTINE of CIS COLLECTIVE", "RTCATR action ROUTINE of CIS COLLECTIVE"});
  CHECK(filed_words({.to = "RUCNCIS/CIS COLLECTIVE", .exempted = "AMEMBASSY ASTANA"}).size() == 3);
  CHECK(filed_words({.to = "RTBAOS/AMEMBASSY OSTREVA",
                     .info = "RUCNCIS/CIS COLLECTIVE",
                     .exempted = "RTBAOS/AMEMBASSY OSTREVA"})[0] == "RTBAOS action ROUTINE");
}

// RT-23.
TEST_CASE("who is served by other means is not called") {
  CHECK(filed_words({.info = "ZEN/RTBAOS/AMEMBASSY OSTREVA"}) == Strings{"RUEHC action ROUTINE"});
}

// RT-24, RT-27.
TEST_CASE("a station named twice is called once, for action and at the higher precedence") {
  CHECK(filed_words({.to = "RUCNCIS/CIS COLLECTIVE ROUTINE",
                     .info = "RTBAOS/AMEMBASSY OSTREVA PRIORITY"})[3] == "RTBAOS action PRIORITY");
  CHECK(filed_words({.to = "RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE ROUTINE",
                     .info = "RUCNCIS/CIS COLLECTIVE IMMEDIATE"})
            .size() == 9 + 2);
}

TEST_CASE("an addressee without an indicator is called by that of its name") {
  CHECK(filed_words({.to = "AMEMBASSY OSTREVA"}) == Strings{"RTBAOS action ROUTINE"});
  CHECK(filed_words({.to = "CIS COLLECTIVE"}, "RTBA") == Strings{"RUCNCIS action ROUTINE"});
}

// RT-20.
TEST_CASE("a relayed set is the routing line, with the duties that the address gives") {
  auto const routes = routes_of("demo.toml");
  auto const message =
      received(text_of({.to = "RUEHC/SECSTATE WASHDC IMMEDIATE", .info = "RUCNCIS/CIS COLLECTIVE PRIORITY"}));
  auto const set =
      relay::relayed_set(message->message(), {"RUEHC", "RTCAQB", "RUEHUL"}, routes->directory(), "RTCA");
  CHECK(in_words(set) == Strings{"RUEHC action IMMEDIATE", "RTCAQB info PRIORITY", "RUEHUL info ROUTINE"});
}

// RT-24. RUCNCIS is RUEHTA, RTCAQB, RTCATR and RTBAOS.
TEST_CASE("a member who is addressed by itself, and called by another leg, is not called again") {
  auto const routes = routes_of("demo.toml");
  auto const called = [&routes](std::string const& name, Strings const& routing_line) {
    auto const message = received(text_of({.to = "RTBAOS/" + name, .info = "RUCNCIS/CIS COLLECTIVE"}));
    auto const set = relay::relayed_set(message->message(), routing_line, routes->directory(), "RTAA");
    return sorted(indicators(set));
  };
  CHECK(called("AMEMBASSY OSTREVA", {"RUCNCIS"}) == Strings{"RTCAQB", "RTCATR", "RUEHTA"});
  CHECK(called("AMEMBASSY OSTREVA", {"RTBAOS", "RUCNCIS"}) ==
        Strings{"RTBAOS", "RTCAQB", "RTCATR", "RUEHTA"});
  // A garble may have made RTBAOS of it.
  CHECK(called("USMISSION MERIDIAN", {"RUCNCIS"}) == Strings{"RTBAOS", "RTCAQB", "RTCATR", "RUEHTA"});
  auto const zen = received(text_of({.to = "ZEN/AMEMBASSY OSTREVA", .info = "RUCNCIS/CIS COLLECTIVE"}));
  auto const set = relay::relayed_set(zen->message(), {"RUCNCIS"}, routes->directory(), "RTAA");
  CHECK(set.size() == 4);
}

// RT-50, RT-55.
TEST_CASE("an indicator without entry goes by its prefix as far as the relay that should know it") {
  CHECK(in_words(filed_distribution({.to = "RTBAXX/AMEMBASSY X"}, "RTAA").legs) == Strings{"AB: RTBAXX"});
  CHECK(reasons(filed_distribution({.to = "RTBAXX/AMEMBASSY X"}, "RTBA")) ==
        Strings{"RTBAXX falls to RTBA, which has no such station (RT-50)"});
  CHECK(reasons(filed_distribution({.to = "RUEHXX/AMEMBASSY X"}, "RTBA")) ==
        Strings{"RUEHXX is in no entry of the directory and under no prefix (RT-50)"});
}

// RT-51.
TEST_CASE("a class above the circuit's or the station's is intercepted, not sent") {
  Heading const la_perla{.to = "RTFALP/AMEMBASSY LA PERLA"};
  auto const with = [](Heading heading, std::string warning) {
    heading.warning = std::move(warning);
    return heading;
  };
  CHECK(in_words(filed_distribution(with(la_perla, "ZNY CCCCC ZZH"), "RTAA").legs) == Strings{"AF: RTFALP"});
  CHECK(reasons(filed_distribution(with(la_perla, "ZNY SSSSS ZZH"), "RTAA")) ==
        Strings{"the message is SECRET, circuit AF towards RTFALP is approved to CONFIDENTIAL (RT-51)"});
  CHECK(reasons(filed_distribution(with(la_perla, "ZNY TTTTT ZZH"), "RTAA")).size() == 1);
  Heading const willow{.to = "RTDAPW/AMCONSUL PORT WILLOW"};
  CHECK(filed_distribution(with(willow, "ZNR UUUUU ZZH"), "RTDA").local.size() == 1);
  CHECK(reasons(filed_distribution(with(willow, "ZNY CCCCC ZZH"), "RTDA")) ==
        Strings{"the message is CONFIDENTIAL, RTDAPW is cleared to unclassified (RT-51)"});
  CHECK(reasons(filed_distribution(with(willow, ""), "RTDA")) ==
        Strings{"the message is without a security warning, RTDAPW is cleared to unclassified (RT-51)"});
}

// RT-60, RT-63.
TEST_CASE("local copies, legs and intercepts are disjoint and together the set") {
  auto const routes = routes_of("demo.toml");
  auto const& net = routes->directory().network();
  CHECK(rc::check("a set is distributed whole", [&] {
    std::vector<relay::Called> set;
    for (auto const& station : net.stations)
      if (*rc::gen::inRange(0, 3) == 0)
        set.push_back({station.indicator,
                       *rc::gen::element(grammar::AddresseeKind::action, grammar::AddresseeKind::info),
                       grammar::Precedence::routine, *rc::gen::element<std::string>("", "CIS COLLECTIVE")});
    set.push_back({"RUEHXX", {}, grammar::Precedence::routine, ""});
    auto const here = rc::gen::elementOf(net.relays);
    auto const message =
        received(text_of({.warning = *rc::gen::element<std::string>("ZNR UUUUU", "ZNY SSSSS")}));
    auto const relay = (*here).indicator;
    auto const distribution = relay::distribute(set, message->message(), *routes, relay);
    auto gathered = indicators(distribution.local);
    for (auto const& indicator : gathered) RC_ASSERT(routes->directory().station(indicator)->relay == relay);
    for (auto const& leg : distribution.legs) {
      RC_ASSERT(!leg.called.empty());
      RC_ASSERT(std::ranges::is_sorted(leg.called, {}, &relay::Called::indicator));
      for (auto const& called : leg.called) {
        RC_ASSERT(called.collective.empty() == leg.called[0].collective.empty());
        gathered.push_back(called.indicator);
      }
    }
    for (auto const& intercepted : distribution.intercepted) gathered.push_back(intercepted.called.indicator);
    RC_ASSERT(sorted(gathered) == sorted(indicators(set)));
  }));
}
