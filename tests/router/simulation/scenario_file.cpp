#include "router/simulation/scenario_file.hpp"

#include <catch2/catch.hpp>

#include "router/simulation/expectations.hpp"
#include "tests/router/simulation/support.hpp"

namespace simulation = torntape::simulation;
using namespace std::chrono_literals;
using simulation::testing::fixtures;

namespace {

constexpr std::string_view head = "[scenario]\nnetwork = \"../networks/demo.toml\"\n";

simulation::ScenarioFile read(std::string_view text) {
  return simulation::read_scenario(std::string(text), fixtures() / "scenarios");
}

// "SCN-02 3:8" of each fault.
std::vector<std::string> faults(std::string_view rest) {
  std::vector<std::string> faults;
  for (auto const& found : read(std::string(head).append(rest)).diagnostics)
    faults.push_back(std::string(found.rule) + " " + std::to_string(found.span.line) + ":" +
                     std::to_string(found.span.column));
  return faults;
}

}  // namespace

TEST_CASE("another duration stands in place of the scenario's own, for its traffic too") {
  auto const text = std::string(head) + "duration = \"1h\"\n[[traffic]]\nper_day = 1\n";
  auto const file = simulation::read_scenario(text, fixtures() / "scenarios", 365 * 24h);
  REQUIRE(file.scenario);
  CHECK(file.scenario->duration == 365 * 24h);
  CHECK(file.scenario->traffic.at(0).until == 365 * 24h);
}

TEST_CASE("the shipped scenarios are read") {
  for (auto const* const name : {"astana.toml", "day.toml", "flash.toml", "world.toml"}) {
    auto const file = simulation::read_scenario_file(fixtures() / "scenarios" / name);
    INFO(name);
    for (auto const& found : file.diagnostics) UNSCOPED_INFO(found.message);
    CHECK(file.scenario.has_value());
    CHECK(file.diagnostics.empty());
  }
}

TEST_CASE("the seed's scenario is met, and what it expects is not met by another message") {
  auto scenario = *simulation::read_scenario_file(fixtures() / "scenarios/astana.toml").scenario;
  simulation::Simulation good(scenario, scenario.seed);
  good.run();
  CHECK(unmet(scenario, good.ledger()).empty());
  auto& text = scenario.filings[0].text;
  text.erase(text.find("RUEHZL/EURO"), text.find("RUEHBJ/") - text.find("RUEHZL/EURO"));
  simulation::Simulation other(scenario, scenario.seed);
  other.run();
  auto const found = unmet(scenario, other.ledger());
  REQUIRE(found.size() == 1);
  CHECK(found[0].expected.starts_with("XRO3820 goes out with the first lines of"));
  CHECK(found[0].message == 0U);
}

TEST_CASE("what is wrong with a scenario is told at its place") {
  using Faults = std::vector<std::string>;
  CHECK(faults("") == Faults{});
  CHECK(faults("[[circuit]\n") == Faults{"SCN-01 3:11"});
  CHECK(faults("speed = 3\n") == Faults{"SCN-02 3:1"});
  CHECK(faults("duration = \"5 minutes\"\n") == Faults{"SCN-02 3:12"});
  CHECK(faults("begin = 3\n") == Faults{"SCN-02 3:9"});
  CHECK(faults("[[traffic]]\nfrom = [\"RUEHTA\"]\n") == Faults{"SCN-03 3:1"});
  CHECK(faults("[[traffic]]\nper_day = 0\n") == Faults{"SCN-02 4:11"});
  CHECK(faults("[[traffic]]\nper_day = 1\nmix = { routine = 0 }\n") == Faults{"SCN-02 5:7"});
  CHECK(faults("[[message]]\nfile = \"nothing.txt\"\nstation = \"RUEHTA\"\n") == Faults{"SCN-04 4:8"});
  CHECK(faults("[[message]]\nat = \"1s\"\nstation = \"RUEHTA\"\n") == Faults{"SCN-03 3:1"});
  CHECK(faults("[[circuit]]\nname = \"XY\"\n") == Faults{"SCN-06 4:8"});
  CHECK(faults("[[circuit]]\nname = \"XR\"\nbits_per_second = 0\n") == Faults{"SCN-02 5:19"});
  CHECK(faults("[[event]]\nwhat = \"earthquake\"\n") == Faults{"SCN-02 4:8"});
  CHECK(faults("[[event]]\nwhat = \"minimize\"\nat = \"5m\"\nuntil = \"2m\"\n") == Faults{"SCN-02 3:1"});
  CHECK(faults("[[event]]\nwhat = \"minimize\"\nat = \"900h\"\n") == Faults{"SCN-02 3:1"});
  CHECK(faults("[stations]\nopens = \"25h\"\n") == Faults{"SCN-02 3:1"});
  CHECK(faults("[[circuit]]\nname = \"XR\"\n[[circuit]]\nname = \"XR\"\n") == Faults{"SCN-02 5:1"});
  CHECK(faults("[[event]]\nwhat = \"relay crash\"\nrelay = \"RTXX\"\n") == Faults{"SCN-06 5:9"});
  CHECK(faults("[[expect]]\nthat = \"heading\"\nchannel = \"XRO\"\nnumber = 1\nfile = \"no.txt\"\n") ==
        Faults{"SCN-04 7:8"});
  CHECK(faults("[[expect]]\nthat = \"transmissions\"\ncount = 1\n") == Faults{"SCN-03 3:1"});
  CHECK(read("").diagnostics.at(0).rule == "SCN-03");
  CHECK(read("[scenario]\nnetwork = \"no.toml\"\n").diagnostics.at(0).rule == "SCN-05");
  CHECK(simulation::read_scenario_file("/nowhere/at/all.toml").diagnostics.at(0).rule == "SCN-00");
}

TEST_CASE("a scenario written out is read again and runs the same") {
  auto const scenario = *simulation::read_scenario_file(fixtures() / "scenarios/astana.toml").scenario;
  auto const written = simulation::to_toml(scenario, scenario.seed);
  auto const again = read(written);
  INFO(written);
  for (auto const& found : again.diagnostics) UNSCOPED_INFO(found.message);
  REQUIRE(again.scenario);
  simulation::Simulation one(scenario, 1), other(*again.scenario, 1);
  one.run();
  other.run();
  REQUIRE(one.ledger().transmissions().size() == other.ledger().transmissions().size());
  for (std::size_t i = 0; i != one.ledger().transmissions().size(); ++i) {
    CHECK(one.ledger().transmissions()[i].heading == other.ledger().transmissions()[i].heading);
    CHECK(one.ledger().transmissions()[i].at == other.ledger().transmissions()[i].at);
  }
}

TEST_CASE("times are read and written") {
  CHECK(simulation::read_time("90s") == 90s);
  CHECK(simulation::read_time("1h30m") == 90min);
  CHECK(simulation::read_time("2d250ms") == 48h + 250ms);
  for (auto const* const wrong : {"", "5", "s", "5 s", "1x", "-1s", "999999999999h"})
    CHECK(!simulation::read_time(wrong));
  for (auto const* const right : {"0s", "250ms", "1m30s", "1d2h3m4s5ms"})
    CHECK(simulation::to_string(*simulation::read_time(right)) == right);
}
