// A scenario as a file.
#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <variant>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "router/simulation/scenario_file.hpp"
#include "router/simulation/traffic.hpp"

namespace torntape::simulation {

namespace {

constexpr std::uint64_t thousand = 1'000;

template <class... Args>
void add(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (auto const letter : text) {
    if (letter == '"' || letter == '\\') out.push_back('\\');
    if (letter == '\n')
      out.append("\\n");
    else
      out.push_back(letter);
  }
  out.push_back('"');
  return out;
}

// Text over lines: what would end it, or is no line, is escaped.
std::string lines_in_quotes(std::string_view text) {
  std::string out = "\"\"\"\n";
  for (auto const letter : text) {
    if (letter == '"' || letter == '\\') out.push_back('\\');
    if (letter == '\r')
      out.append("\\r");
    else
      out.push_back(letter);
  }
  return out.append("\"\"\"");
}

// 45500: "45.5".
std::string speed(std::uint64_t millibits) {
  if (millibits % thousand == 0) return fmt::format("{}", millibits / thousand);
  return fmt::format("{}.{:03}", millibits / thousand, millibits % thousand);
}

class Writer {
 public:
  std::string run(Scenario const& scenario, std::uint64_t seed) && {
    head(scenario, seed);
    for (auto const& circuit : scenario.circuits) write(circuit);
    for (auto const& filing : filings_of(scenario, seed))
      add(out_, "\n[[message]]\nat = \"{}\"\nstation = \"{}\"\ntext = {}\n", to_string(filing.at),
          filing.station, lines_in_quotes(text_of(filing, scenario, seed)));
    for (auto const& trouble : scenario.troubles)
      std::visit([this](auto const& what) { write(what); }, trouble);
    for (auto const& expected : scenario.expectations)
      std::visit([this](auto const& what) { write(what); }, expected);
    return std::move(out_);
  }

 private:
  void head(Scenario const& scenario, std::uint64_t seed) {
    add(out_, "[scenario]\n");
    if (!scenario.name.empty()) add(out_, "name = {}\n", in_quotes(scenario.name));
    if (!scenario.about.empty()) add(out_, "about = {}\n", in_quotes(scenario.about));
    add(out_, "network = {}\nseed = {}\nbegin = {:%FT%T}Z\n", in_quotes(scenario.network_file), seed,
        std::chrono::floor<std::chrono::seconds>(scenario.begin));
    add(out_, "duration = \"{}\"\nrun_out = \"{}\"\ncommit = \"{}\"\n", to_string(scenario.duration),
        to_string(scenario.run_out), to_string(scenario.commit));
    auto const& lines = scenario.lines;
    add(out_, "\n[lines]\ndelay = \"{}\"\nchanged_per_million = {}\nlost_per_million = {}\n",
        to_string(lines.delay), lines.changed_per_million, lines.lost_per_million);
    if (lines.millibits_per_second != 0)
      add(out_, "bits_per_second = {}\n", speed(lines.millibits_per_second));
    auto const& stations = scenario.stations;
    add(out_, "\n[stations]\nbits_per_second = {}\nopens = \"{}\"\ncloses = \"{}\"\ncalled_in = \"{}\"\n",
        speed(stations.millibits_per_second), to_string(stations.hours.opens),
        to_string(stations.hours.closes), to_string(stations.called_in));
  }
  void write(CircuitSettings const& circuit) {
    add(out_, "\n[[circuit]]\nname = \"{}\"\n", circuit.circuit);
    if (circuit.millibits_per_second)
      add(out_, "bits_per_second = {}\n", speed(*circuit.millibits_per_second));
    if (circuit.delay) add(out_, "delay = \"{}\"\n", to_string(*circuit.delay));
    if (circuit.changed_per_million) add(out_, "changed_per_million = {}\n", *circuit.changed_per_million);
    if (circuit.lost_per_million) add(out_, "lost_per_million = {}\n", *circuit.lost_per_million);
    if (circuit.prime) add(out_, "prime = {}\n", *circuit.prime);
  }

  void event(std::string_view what, Duration at) {
    add(out_, "\n[[event]]\nwhat = \"{}\"\nat = \"{}\"\n", what, to_string(at));
  }
  void write(CircuitClosed const& closed) {
    event("circuit closed", closed.at);
    add(out_, "until = \"{}\"\ncircuit = \"{}\"\n", to_string(closed.until), closed.circuit);
  }
  void write(Garbles const& garbles) {
    event("garbles", garbles.at);
    add(out_, "until = \"{}\"\ncircuit = \"{}\"\nchanged_per_million = {}\nlost_per_million = {}\n",
        to_string(garbles.until), garbles.circuit, garbles.changed_per_million, garbles.lost_per_million);
  }
  void write(RelayCrash const& crash) {
    event("relay crash", crash.at);
    add(out_, "for = \"{}\"\nrelay = \"{}\"\n", to_string(crash.lasts), crash.relay);
  }
  void write(StationCutOff const& cut_off) {
    event("station cut off", cut_off.at);
    add(out_, "until = \"{}\"\nstation = \"{}\"\n", to_string(cut_off.until), cut_off.station);
  }
  // These are traffic, and stand there as messages.
  void write(Flood const&) {}
  void write(Minimize const&) {}
  void write(WrongIndicator const&) {}
  void write(WrongTable const& table) {
    add(out_, "\n[[event]]\nwhat = \"wrong table\"\nrelay = \"{}\"\nstation = \"{}\"\nserved_by = \"{}\"\n",
        table.relay, table.station, table.served_by);
  }

  void expectation(std::string_view that) { add(out_, "\n[[expect]]\nthat = \"{}\"\n", that); }
  void write(AllDelivered const&) { expectation("all delivered"); }
  void write(NoUnmarkedDuplicate const&) { expectation("no unmarked duplicate"); }
  void write(DeliveredWithin const& within) {
    expectation("delivered within");
    constexpr std::array words{"routine", "priority", "immediate", "flash"};
    add(out_, "precedence = \"{}\"\ntime = \"{}\"\n",
        words.at(static_cast<std::size_t>(within.precedence) - 1), to_string(within.within));
  }
  void write(Transmissions const& transmissions) {
    expectation("transmissions");
    add(out_, "{} = \"{}\"\ncount = {}\n", transmissions.is_channel ? "channel" : "circuit",
        transmissions.over, transmissions.count);
  }
  void write(Heading const& heading) {
    expectation("heading");
    add(out_, "channel = \"{}\"\nnumber = {}\nfile = {}\n", heading.channel,
        heading.number.substr(std::min(heading.number.find_first_not_of('0'), heading.number.size() - 1)),
        in_quotes(heading.source));
  }

  std::string out_;
};

}  // namespace

std::string to_toml(Scenario const& scenario, std::uint64_t seed) { return Writer().run(scenario, seed); }

}  // namespace torntape::simulation
