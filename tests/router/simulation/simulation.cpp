#include "router/simulation/simulation.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include "router/simulation/digest.hpp"
#include "router/simulation/expectations.hpp"
#include "router/simulation/figures.hpp"
#include "tests/router/simulation/support.hpp"

namespace simulation = torntape::simulation;
namespace grammar = torntape::grammar;
using namespace std::chrono_literals;
using simulation::testing::astana;
using simulation::testing::demo;
using simulation::testing::traffic;

namespace {

simulation::Scenario astana_scenario(std::string text = astana()) {
  auto scenario = demo();
  scenario.begin = std::chrono::sys_days{std::chrono::year{2009} / 8 / 17} + 1h + 41min;
  scenario.duration = 10min;
  scenario.filings.push_back({0s, "RUEHTA", std::move(text)});
  simulation::CircuitSettings xr{"XR"};
  xr.prime = 3820;
  scenario.circuits.push_back(xr);
  return scenario;
}

struct Ran {
  explicit Ran(simulation::Scenario const& scenario, std::uint64_t seed = 1)
      : run(scenario, seed, options()) {
    run.run();
  }
  [[nodiscard]] simulation::Ledger const& ledger() const { return run.ledger(); }
  [[nodiscard]] std::string heading(std::string_view channel, std::string_view number) const {
    for (auto const& each : ledger().transmissions())
      if (each.channel == channel && each.number == number) return each.heading;
    return {};
  }
  [[nodiscard]] std::uint64_t sent(std::string const& channel) const {
    return ledger().loads().at(channel).messages;
  }

  simulation::Options options() {
    simulation::Options options;
    options.thorough = true;
    options.trace = [this](std::string_view line) { trace.append(line).append("\n"); };
    return options;
  }
  std::string trace;
  simulation::Simulation run;
};

bool all_delivered(simulation::Ledger const& ledger) {
  return std::ranges::all_of(ledger.messages(), [](auto const* message) {
    return message->refused.empty() && std::ranges::all_of(message->duties, [](auto const& duty) {
             return duty.delivered.has_value() && duty.unmarked <= 1;
           });
  });
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE(
    "the seed leaves on XR under 3820 with its own first three lines, and gets to all 31 stations once") {
  auto const scenario = astana_scenario();
  Ran const ran(scenario);
  CHECK(ran.ledger().violations().empty());
  REQUIRE(ran.ledger().messages().size() == 1);
  CHECK(ran.ledger().messages()[0]->duties.size() == 31);
  CHECK(all_delivered(ran.ledger()));
  CHECK(ran.heading("XRO", "3820") == simulation::testing::seed_lines());
}

TEST_CASE("the seed's way is that of the worked example") {
  auto const scenario = astana_scenario();
  Ran const ran(scenario);
  CHECK(ran.heading("ACI", "0002") ==
        "VZCZCACI0002\nPP RHEFAAA RHEHNSC RHMFISS RUCNCIS RUCNCLS RUCNDT RUEAIIA RUEHBJ RUEHC\n"
        "RUEHKO RUEHNO RUEHUL RUEHZL RUEKJCS\nDE RUEHTA #1399/01 2290141");
  CHECK(ran.heading("ABO", "0002") == "VZCZCABO0002\nPP RUEHNO\nDE RUEHTA #1399/01 2290141");
  CHECK(ran.heading("ABO", "0003") == "VZCZCABO0003\nPP RTBAKV RTBAMN RTBAOS\nDE RUEHTA #1399/01 2290141");
  CHECK(ran.heading("ACO", "0002") ==
        "VZCZCACO0002\nPP RTCAQB RTCATR RTCATRM RUEHTA\nDE RUEHTA #1399/01 2290141");
  CHECK(ran.heading("ADO", "0002") == "VZCZCADO0002\nPP RUEHBJ RUEHKO RUEHUL\nDE RUEHTA #1399/01 2290141");
  CHECK((ran.sent("XRO") == 1 && ran.sent("BEO") == 0 && ran.sent("BCO") == 0));
}

TEST_CASE("another collective, another routing line") {
  auto const scenario =
      astana_scenario(replaced(astana(), "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n", ""));
  Ran const ran(scenario);
  CHECK(ran.heading("XRO", "3820") ==
        "VZCZCXRO3820\nPP RUEHBI RUEHCI RUEHDBU RUEHLH RUEHNEH RUEHPW\nDE RUEHTA #1399/01 2290141");
}

TEST_CASE("another member, another routing line") {
  auto scenario = astana_scenario();
  auto network = scenario.directory->network();
  std::erase(network.collectives[0].members, "RUEHLH");
  scenario.directory = std::make_shared<torntape::directory::Directory const>(std::move(network));
  Ran const ran(scenario);
  CHECK(ran.heading("XRO", "3820") ==
        "VZCZCXRO3820\nPP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHNEH RUEHNP RUEHPW\n"
        "RUEHROV RUEHSL RUEHSR\nDE RUEHTA #1399/01 2290141");
}

TEST_CASE("the same seed gives the same trace to the last byte, another seed another") {
  auto const scenario = traffic(2h, 200);
  Ran const one(scenario, 7), again(scenario, 7), other(scenario, 8);
  CHECK(one.trace == again.trace);
  CHECK(one.trace != other.trace);
  CHECK(one.ledger().messages().size() > 100);
}

TEST_CASE("the trace of a seed is the same on every machine") {
  auto const scenario = traffic(1h, 100);
  Ran const ran(scenario, 1399);
  CHECK(fmt::format("{:016x}", simulation::fnv(ran.trace)) == "6ee12e1c82a77a4e");
}

TEST_CASE("a day's traffic comes through a closed circuit and two crashes") {
  auto scenario = traffic(4h, 100);
  scenario.troubles.emplace_back(simulation::CircuitClosed{"XR", 1h, 90min});
  scenario.troubles.emplace_back(simulation::RelayCrash{"RTAA", 2h, 3min});
  scenario.troubles.emplace_back(simulation::RelayCrash{"RTCA", 2h + 1min, 30s});
  Ran const ran(scenario);
  CHECK(ran.ledger().violations().empty());
  CHECK(all_delivered(ran.ledger()));
  CHECK(ran.ledger().crashes == 2);
  CHECK(ran.ledger().outstanding() == 0);
}

TEST_CASE(
    "traffic goes round two circuits that are out, and nothing is taken to run in a circle (RT-57, RT-62)") {
  auto const seed = GENERATE(1U, 4U, 6U, 7U);
  auto scenario = traffic(2h, 200);
  scenario.begin += 9h;
  scenario.traffic[0].mix.collectives_per_cent = 30;
  scenario.traffic[0].mix.most_lines = 20;
  scenario.troubles.emplace_back(simulation::CircuitClosed{"XR", 10min, 80min});
  scenario.troubles.emplace_back(simulation::CircuitClosed{"AC", 30min, 100min});
  Ran const ran(scenario, seed);
  CHECK(ran.ledger().violations().empty());
  CHECK(all_delivered(ran.ledger()));
  auto const sum = simulation::totals(ran.ledger());
  CHECK(sum.alternate > 100);
  CHECK(sum.intercepted == 0);
}

TEST_CASE("a crash drops what was not committed: the station files it again") {
  auto scenario = astana_scenario();
  scenario.commit = 10s;
  auto const filed = simulation::time_on_line(astana().size(), scenario.stations.millibits_per_second);
  scenario.troubles.emplace_back(simulation::RelayCrash{"RTCA", filed + 5s, 1min});
  Ran const ran(scenario);
  CHECK(all_delivered(ran.ledger()));
  auto const& accepted = ran.ledger().messages()[0]->accepted_at;
  REQUIRE(accepted);
  CHECK(*accepted > scenario.begin + filed + 1min);
}

TEST_CASE("FLASH overtakes on a slow circuit, and what it interrupts goes out again under a new number") {
  auto scenario = demo();
  scenario.lines.millibits_per_second = 45'500;
  scenario.duration = 1h;
  auto const text = [](int serial, char letter, std::string_view word, int lines) {
    auto heading = fmt::format(
        "VZCZCTAI{0:04}\n{1}{1} RUEHC\nDE RUEHTA #{0:04} 2290001\nZNR UUUUU ZZH\n{1} 170001Z AUG 09\nFM "
        "AMEMBASSY "
        "ASTANA\nTO RUEHC/SECSTATE WASHDC{2}\nBT\nUNCLAS ASTANA {0:06}\n",
        serial, letter, word);
    for (int i = 0; i != lines; ++i) heading.append("THE CLOCK OF THE OLD HARBOR OFFICE SHOWS THE TIME.\n");
    return heading + fmt::format("BT\n#{:04}\nNNNN\n", serial);
  };
  scenario.filings.push_back({0s, "RUEHTA", text(1, 'R', "", 80)});
  scenario.filings.push_back({5min, "RUEHTA", text(2, 'Z', " FLASH", 2)});
  Ran const ran(scenario);
  CHECK(all_delivered(ran.ledger()));
  CHECK(ran.ledger().violations().empty());
  CHECK(ran.ledger().loads().at("ACI").preempted == 1);
  CHECK(ran.heading("ACI", "0002").starts_with("VZCZCACI0002\nRR RUEHC\nDE RUEHTA #0001"));
  CHECK(ran.heading("ACI", "0003").starts_with("VZCZCACI0003\nZZ RUEHC\nDE RUEHTA #0002"));
  CHECK(ran.heading("ACI", "0004").starts_with("VZCZCACI0004\nRR RUEHC\nDE RUEHTA #0001"));
  auto const messages = ran.ledger().messages();
  CHECK(*messages[1]->duties[0].delivered < *messages[0]->duties[0].delivered);
  auto const on_aci = [&ran](std::string_view number) {
    auto const& all = ran.ledger().transmissions();
    return *std::ranges::find_if(
        all, [number](auto const& each) { return each.channel == "ACI" && each.number == number; });
  };
  auto const broken = on_aci("0002"), flash = on_aci("0003"), again = on_aci("0004");
  CHECK(broken.cancelled);
  CHECK_FALSE(flash.cancelled);
  CHECK_FALSE(again.cancelled);
  CHECK(*broken.until <= flash.at);
  CHECK(*flash.until <= again.at);
  CHECK(*flash.waits_since < *broken.until);         // it was there, and could not begin before
  CHECK(*again.waits_since == *broken.waits_since);  // it kept its place
}

TEST_CASE("a station that works by day is called in for NIACT and not for IMMEDIATE") {
  auto const delivered = [](std::string_view word) {
    auto scenario = demo();
    scenario.begin = std::chrono::sys_days{std::chrono::year{2009} / 8 / 17} + 1h;
    scenario.filings.push_back({0s, "RTFALP",
                                fmt::format("VZCZCLPI0001\nOO RTFANC\nDE RTFALP #0001 2290100\nZNR UUUUU "
                                            "ZZH\nO 170100Z AUG 09\nFM AMEMBASSY "
                                            "LA PERLA\nTO RTFANC/AMEMBASSY NUEVA CORONA {}\nBT\nUNCLAS LA "
                                            "PERLA 000001\nTEXT.\nBT\n#0001\nNNNN\n",
                                            word)});
    Ran const ran(scenario);
    REQUIRE(ran.ledger().messages()[0]->duties.at(0).delivered);
    return *ran.ledger().messages()[0]->duties[0].delivered - scenario.begin;
  };
  CHECK(delivered("NIACT IMMEDIATE") < 20min);
  CHECK(delivered("IMMEDIATE") > 7h);
}

TEST_CASE("garbles are reported, intercepted or carried on, and nobody gets what is not for him unnoticed") {
  auto scenario = traffic(2h, 100);
  scenario.troubles.emplace_back(simulation::Garbles{"AC", 10min, 100min, 2'000, 500});
  Ran const ran(scenario);
  CHECK(ran.ledger().violations().empty());
  auto const sum = simulation::totals(ran.ledger());
  CHECK(sum.garbled > 10);
  CHECK(sum.intercepted > 0);
  for (auto const* const message : ran.ledger().messages())
    if (!message->garbled)
      for (auto const& duty : message->duties) CHECK((duty.delivered || duty.intercepted));
}

TEST_CASE("a message for a station that nobody knows is refused where it is filed") {
  auto scenario = demo();
  scenario.troubles.emplace_back(simulation::WrongIndicator{"RUEHTA", 1min});
  Ran const ran(scenario);
  REQUIRE(ran.ledger().messages().size() == 1);
  CHECK(ran.ledger().messages()[0]->refused.find("RT-50") != std::string::npos);
}

TEST_CASE("wrong tables that send a message back where it came from end in an intercept, not in a circle") {
  auto scenario = demo();
  scenario.filings.push_back({0s, "RUEHTA", astana()});
  scenario.troubles.emplace_back(simulation::WrongTable{"RTBA", "RUEHNO", "RTAA"});
  Ran const ran(scenario);
  CHECK(ran.ledger().violations().empty());
  for (auto const& duty : ran.ledger().messages()[0]->duties)
    CHECK(duty.intercepted == (duty.station == "RUEHNO"));
}

TEST_CASE("under MINIMIZE only IMMEDIATE and FLASH are filed") {
  auto scenario = traffic(2h, 300);
  auto const all = Ran(scenario).ledger().messages().size();
  scenario.troubles.emplace_back(simulation::Minimize{0min, 2h});
  Ran const ran(scenario);
  CHECK(ran.ledger().messages().size() > 0);
  CHECK(ran.ledger().messages().size() < all / 4);
  for (auto const* const message : ran.ledger().messages())
    CHECK(message->precedence >= grammar::Precedence::immediate);
}

TEST_CASE("what is delivered takes no memory: three times the traffic holds no more, and counts the same") {
  struct After {
    simulation::Holds holds;
    simulation::Totals sum;
    std::array<simulation::Speed, 4> speeds;
  };
  auto const after = [](simulation::Duration duration, std::size_t most_messages) {
    auto const scenario = traffic(duration, 20);
    simulation::Options options;
    options.ledger.most_messages = most_messages;
    simulation::Simulation run(scenario, 3, std::move(options));
    run.run();
    return After{run.holds(), simulation::totals(run.ledger()), simulation::speeds(run.ledger())};
  };
  auto const two = after(48h, 50), six = after(144h, 50);
  CHECK(six.sum.messages > 2 * two.sum.messages);
  CHECK((two.holds.messages < 60 && six.holds.messages < 60));  // 50, and the slowest of each precedence
  // What the far end has not confirmed: a hundred on each of sixteen directions at most. 6,000 went over
  // them.
  CHECK((two.holds.texts < 1'600 && six.holds.texts < 1'600));
  CHECK((two.holds.filings == 0 && six.holds.filings == 0));
  CHECK(six.holds.records < two.holds.records * 5 / 4);
  auto const all = after(48h, 10'000);
  CHECK(all.holds.messages == all.sum.messages);
  CHECK((all.sum.messages == two.sum.messages && all.sum.delivered == two.sum.delivered));
  for (std::size_t i = 0; i != all.speeds.size(); ++i) {
    CHECK(all.speeds[i].delivered == two.speeds[i].delivered);
    CHECK((all.speeds[i].median == two.speeds[i].median && all.speeds[i].longest == two.speeds[i].longest));
  }
}

TEST_CASE("an expectation is held against the slowest message, though it is long forgotten") {
  auto scenario = traffic(24h, 20);
  auto const unmet = [&scenario](std::size_t most_messages) {
    simulation::Options options;
    options.ledger.most_messages = most_messages;
    simulation::Simulation run(scenario, 3, std::move(options));
    run.run();
    return simulation::unmet(scenario, run.ledger()).size();
  };
  scenario.expectations.emplace_back(simulation::DeliveredWithin{grammar::Precedence::routine, 24h});
  CHECK(unmet(10) == 0);
  scenario.expectations.back() = simulation::DeliveredWithin{grammar::Precedence::routine, 1min};
  CHECK((unmet(10) == 1 && unmet(10'000) == 1));
}

TEST_CASE("a message that is asked for by name is remembered to the end, with its way") {
  auto const scenario = traffic(24h, 20);
  simulation::Options options;
  options.ledger.journeys = false;
  options.ledger.most_messages = 10;
  options.ledger.named = "RTBAKV 0001";
  simulation::Simulation run(scenario, 3, std::move(options));
  run.run();
  auto const found = named(run.ledger(), "RTBAKV 0001");
  REQUIRE(found.size() == 1);
  CHECK(run.ledger().message(found[0])->journey.size() > 2);
  for (auto const* const message : run.ledger().messages())
    CHECK((message->index == found[0] || message->journey.empty()));
}

TEST_CASE("a character takes ten bits of the line") {
  CHECK(simulation::time_on_line(10, 75'000) == 1'334ms);
  CHECK(simulation::time_on_line(455, 45'500) == 100s);
  CHECK(simulation::time_on_line(960, 9'600'000) == 1s);
  CHECK(simulation::time_on_line(1, 1'000'000'000) == 1ms);
}
