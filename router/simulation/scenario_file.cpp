#include "router/simulation/scenario_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "directory/fields.hpp"
#include "directory/network_file.hpp"
#include "grammar/parser.hpp"

namespace torntape::simulation {

namespace {

namespace fs = std::filesystem;
using directory::Fields;
using directory::Located;
using directory::Reading;
using grammar::Diagnostic;
using grammar::Severity;
using grammar::Span;

constexpr std::int64_t million = 1'000'000;
constexpr std::int64_t most_messages = 1'000'000;  // of one station in a day
constexpr std::int64_t most_lines = 2'000;         // of a text
constexpr double fastest = 1e9;                    // bits a second
constexpr directory::FieldRules rules{"SCN-01", "SCN-02", "SCN-03"};

// Weights of the hours of a day (UTC): the same all day, or as offices work.
constexpr std::array<std::uint32_t, 24> even{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                             1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
constexpr std::array<std::uint32_t, 24> office{1,  1,  1,  1,  1,  2,  4, 8, 12, 14, 14, 12,
                                               10, 12, 14, 14, 12, 10, 6, 4, 3,  2,  1,  1};

constexpr std::array<std::pair<std::string_view, grammar::Precedence>, 4> precedences{
    {{"routine", grammar::Precedence::routine},
     {"priority", grammar::Precedence::priority},
     {"immediate", grammar::Precedence::immediate},
     {"flash", grammar::Precedence::flash}}};

std::optional<std::string> contents(fs::path const& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

class Reader {
 public:
  Reader(std::string_view text, fs::path folder, std::optional<Duration> duration)
      : reading_{directory::Places(text), {}, rules},
        folder_(std::move(folder)),
        text_(text),
        duration_(duration) {}

  ScenarioFile run() && {
    ScenarioFile file;
    if (auto const table = directory::parse(text_, reading_)) read(*table);
    auto& found = reading_.found;
    std::ranges::sort(found, {}, [](Diagnostic const& each) {
      return std::tie(each.span.offset, each.rule, each.message);
    });
    auto const is_error = [](Diagnostic const& each) { return each.severity == Severity::error; };
    if (std::ranges::none_of(found, is_error)) file.scenario = std::move(scenario_);
    file.diagnostics = std::move(found);
    return file;
  }

 private:
  void read(toml::table const& root) {
    Fields file(reading_, root, "the file");
    read_scenario(file);
    read_table(file, "lines", [this](Fields& fields) { read_quality(fields); });
    read_table(file, "stations", [this](Fields& fields) { read_stations(fields); });
    read_tables(file, "circuit", [this](Fields& fields) { read_circuit(fields); });
    read_tables(file, "message", [this](Fields& fields) { read_message(fields); });
    read_tables(file, "traffic", [this](Fields& fields) { read_traffic(fields); });
    read_tables(file, "event", [this](Fields& fields) { read_event(fields); });
    read_tables(file, "expect", [this](Fields& fields) { read_expectation(fields); });
    file.refuse_others();
  }

  template <class Read>
  void read_table(Fields& file, std::string_view key, Read const& read) {
    auto const* const table = file.table(key);
    if (table == nullptr) return;
    auto const what = fmt::format("[{}]", key);
    Fields fields(reading_, *table, what);
    read(fields);
    fields.refuse_others();
  }
  template <class Read>
  void read_tables(Fields& file, std::string_view key, Read const& read) {
    auto const what = fmt::format("[[{}]]", key);
    for (auto const* const table : file.tables(key)) {
      Fields fields(reading_, *table, what);
      read(fields);
      fields.refuse_others();
    }
  }

  // --- [scenario], [lines], [stations], [[circuit]] ---

  void read_scenario(Fields& file) {
    file.require("scenario");
    read_table(file, "scenario", [this](Fields& fields) {
      scenario_.name = fields.text("name").value;
      scenario_.about = fields.text("about").value;
      scenario_.seed =
          static_cast<std::uint64_t>(fields.whole("seed", 1, 0, std::numeric_limits<std::int64_t>::max()));
      scenario_.begin = begin(fields);
      scenario_.duration = time(fields, "duration", scenario_.duration);
      scenario_.duration = duration_.value_or(scenario_.duration);
      scenario_.run_out = time(fields, "run_out", scenario_.run_out);
      scenario_.commit = time(fields, "commit", scenario_.commit);
      read_network(fields.required_text("network"));
    });
  }

  void read_network(Located const& name) {
    if (!name.given()) return;
    auto const file = directory::read_network_file(folder_ / name.value);
    scenario_.network_file = name.value;
    scenario_.directory = file.directory;
    if (scenario_.directory != nullptr) return;
    auto const& first = file.diagnostics.front();
    auto const place =
        first.rule == "NET-00" ? std::string() : fmt::format(":{}:{}", first.span.line, first.span.column);
    wrong("SCN-05", "network-with-errors", name.span,
          fmt::format("{}{}: {} ({})", name.value, place, first.message, first.rule));
  }

  void read_quality(Fields& fields) {
    auto& lines = scenario_.lines;
    lines.millibits_per_second = speed(fields).value_or(0);
    lines.delay = time(fields, "delay", lines.delay);
    lines.changed_per_million = per_million(fields, "changed_per_million").value_or(0);
    lines.lost_per_million = per_million(fields, "lost_per_million").value_or(0);
  }

  void read_stations(Fields& fields) {
    auto& stations = scenario_.stations;
    stations.millibits_per_second = speed(fields).value_or(stations.millibits_per_second);
    stations.hours.opens = time_of_day(fields, "opens", stations.hours.opens);
    stations.hours.closes = time_of_day(fields, "closes", stations.hours.closes);
    stations.called_in = time(fields, "called_in", stations.called_in);
  }

  void read_circuit(Fields& fields) {
    CircuitSettings settings{circuit(fields.required_text("name"))};
    if (!settings.circuit.empty() && std::ranges::find(scenario_.circuits, settings.circuit,
                                                       &CircuitSettings::circuit) != scenario_.circuits.end())
      reading_.wrong(fields.span(), fmt::format("circuit {} has its settings above", settings.circuit));
    settings.millibits_per_second = speed(fields);
    if (fields.any("delay") != nullptr) settings.delay.emplace(time(fields, "delay", Duration{0}));
    settings.changed_per_million = per_million(fields, "changed_per_million");
    settings.lost_per_million = per_million(fields, "lost_per_million");
    if (auto const number = fields.whole("prime", 0, 1, 9'999); number != 0)
      settings.prime.emplace(static_cast<std::uint16_t>(number));
    scenario_.circuits.push_back(std::move(settings));
  }

  // --- [[message]], [[traffic]] ---

  void read_message(Fields& fields) {
    Filing filing;
    filing.at = time(fields, "at", Duration{0});
    auto const file = fields.text("file");
    auto const text = fields.text("text");
    if (file.given() == text.given())
      reading_.missing(fields.span(),
                       "[[message]] has neither 'file' nor 'text', or both, expected one of them");
    filing.text = text.value;
    filing.source = file.value;
    if (file.given()) {
      if (auto read = contents(folder_ / file.value))
        filing.text = std::move(*read);
      else
        wrong("SCN-04", "unreadable-file", file.span, fmt::format("'{}' cannot be read", file.value));
    }
    filing.station = station_of(fields, filing.text);
    scenario_.filings.push_back(std::move(filing));
  }

  // As told, or that of FL3.
  std::string station_of(Fields& fields, std::string const& text) {
    auto const given = fields.text("station");
    if (given.given()) return station(given);
    grammar::Parser parser;
    auto const indicator = std::string(parser.parse(text).origin.routing_indicator);
    if (scenario_.directory != nullptr && scenario_.directory->station(indicator) == nullptr)
      wrong("SCN-06", "not-in-the-network", fields.span(),
            indicator.empty() ? std::string("the message has no station in FL3, expected 'station'")
                              : fmt::format("there is no station '{}', which FL3 names", indicator));
    return indicator;
  }

  void read_traffic(Fields& fields) {
    Traffic traffic;
    for (auto const& name : fields.texts("from")) traffic.from.push_back(station(name));
    if (traffic.from.empty() && scenario_.directory != nullptr)
      for (auto const* const each : generator::originators(*scenario_.directory))
        traffic.from.push_back(each->indicator);
    if (scenario_.directory != nullptr && network().stations.size() < 2)
      reading_.wrong(fields.span(), "the network has fewer than two stations: there is no traffic in it");
    fields.require("per_day");
    traffic.per_day = static_cast<std::uint32_t>(fields.whole("per_day", 0, 1, most_messages));
    traffic.at = time(fields, "at", Duration{0});
    traffic.until = time(fields, "until", scenario_.duration);
    auto& mix = traffic.mix;
    mix.collectives_per_cent =
        static_cast<std::uint32_t>(fields.whole("collectives_per_cent", mix.collectives_per_cent, 0, 100));
    mix.confidential_per_cent =
        static_cast<std::uint32_t>(fields.whole("confidential_per_cent", mix.confidential_per_cent, 0, 100));
    mix.fewest_lines =
        static_cast<std::uint32_t>(fields.whole("fewest_lines", mix.fewest_lines, 1, most_lines));
    mix.most_lines = static_cast<std::uint32_t>(
        fields.whole("most_lines", std::max(mix.most_lines, mix.fewest_lines), mix.fewest_lines, most_lines));
    read_mix(fields, mix.precedences);
    traffic.curve = curve(fields);
    scenario_.traffic.push_back(std::move(traffic));
  }

  void read_mix(Fields& fields, std::array<std::uint32_t, 4>& weights) {
    auto const* const table = fields.table("mix");
    if (table == nullptr) return;
    Fields mix(reading_, *table, "'mix'");
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i != weights.size(); ++i)
      sum += weights[i] = static_cast<std::uint32_t>(mix.whole(precedences[i].first, 0, 0, million));
    mix.refuse_others();
    if (sum == 0) fields.wrong(*table, "'mix' has no weight above 0");
  }

  std::array<std::uint32_t, 24> curve(Fields& fields) {
    auto const given = fields.text("curve");
    if (!given.given() || given.value == "even") return even;
    if (given.value != "office")
      reading_.wrong(given.span, fmt::format("'curve' is '{}', expected even or office", given.value));
    return office;
  }

  // --- [[event]] ---

  void read_event(Fields& fields) {
    auto const what = fields.required_text("what");
    auto const at = time(fields, "at", Duration{0});
    if (at > scenario_.duration + scenario_.run_out)
      reading_.wrong(fields.span(), "'at' is after the end of the run");
    if (what.value == "circuit closed") {
      scenario_.troubles.emplace_back(
          CircuitClosed{circuit(fields.required_text("circuit")), at, until(fields, at)});
    } else if (what.value == "garbles") {
      Garbles garbles{circuit(fields.required_text("circuit")), at, until(fields, at)};
      garbles.changed_per_million = per_million(fields, "changed_per_million").value_or(0);
      garbles.lost_per_million = per_million(fields, "lost_per_million").value_or(0);
      scenario_.troubles.emplace_back(std::move(garbles));
    } else if (what.value == "relay crash") {
      scenario_.troubles.emplace_back(
          RelayCrash{relay(fields.required_text("relay")), at, time(fields, "for", std::chrono::minutes{1})});
    } else if (what.value == "station cut off") {
      scenario_.troubles.emplace_back(
          StationCutOff{station(fields.required_text("station")), at, until(fields, at)});
    } else if (what.value == "minimize") {
      scenario_.troubles.emplace_back(Minimize{at, until(fields, at)});
    } else {
      read_traffic_event(fields, what, at);
    }
  }

  void read_traffic_event(Fields& fields, Located const& what, Duration at) {
    if (what.value == "flood") {
      Flood flood{station(fields.required_text("station")), at};
      flood.messages = static_cast<std::uint32_t>(fields.whole("messages", 100, 1, most_messages));
      flood.every = time(fields, "every", std::chrono::seconds{1});
      scenario_.troubles.emplace_back(std::move(flood));
    } else if (what.value == "wrong indicator") {
      scenario_.troubles.emplace_back(WrongIndicator{station(fields.required_text("station")), at});
    } else if (what.value == "wrong table") {
      scenario_.troubles.emplace_back(WrongTable{relay(fields.required_text("relay")),
                                                 station(fields.required_text("station")),
                                                 relay(fields.required_text("served_by"))});
    } else if (what.given()) {
      reading_.wrong(what.span, fmt::format("'{}' is no event", what.value)).help =
          directory::suggestion(what.value, {"circuit closed", "garbles", "relay crash", "station cut off",
                                             "flood", "minimize", "wrong indicator", "wrong table"});
    }
  }

  // --- [[expect]] ---

  void read_expectation(Fields& fields) {
    auto const that = fields.required_text("that");
    if (that.value == "all delivered") {
      scenario_.expectations.emplace_back(AllDelivered{});
    } else if (that.value == "no unmarked duplicate") {
      scenario_.expectations.emplace_back(NoUnmarkedDuplicate{});
    } else if (that.value == "delivered within") {
      fields.require("time");
      scenario_.expectations.emplace_back(
          DeliveredWithin{precedence(fields.required_text("precedence")), time(fields, "time", Duration{0})});
    } else if (that.value == "transmissions") {
      fields.require("count");
      auto expected = over_what(fields);
      expected.count = static_cast<std::size_t>(fields.whole("count", 0, 0, million * million));
      scenario_.expectations.emplace_back(std::move(expected));
    } else if (that.value == "heading") {
      read_heading(fields);
    } else if (that.given()) {
      reading_.wrong(that.span, fmt::format("'{}' is no expectation", that.value)).help =
          directory::suggestion(that.value, {"all delivered", "no unmarked duplicate", "delivered within",
                                             "transmissions", "heading"});
    }
  }

  Transmissions over_what(Fields& fields) {
    auto const channel_name = fields.text("channel");
    auto const circuit_name = fields.text("circuit");
    if (channel_name.given() == circuit_name.given())
      reading_.missing(fields.span(),
                       "[[expect]] has neither 'circuit' nor 'channel', or both, expected one of them");
    bool const is_channel = channel_name.given();
    return {is_channel ? channel(channel_name) : circuit(circuit_name), is_channel};
  }

  void read_heading(Fields& fields) {
    Heading heading;
    heading.channel = channel(fields.required_text("channel"));
    heading.number = fmt::format("{:04}", fields.whole("number", 0, 0, 9'999));
    fields.require("number");
    auto const file = fields.required_text("file");
    heading.source = file.value;
    if (file.given()) {
      if (auto const text = contents(folder_ / file.value))
        heading.lines = first_three_lines(*text);
      else
        wrong("SCN-04", "unreadable-file", file.span, fmt::format("'{}' cannot be read", file.value));
    }
    scenario_.expectations.emplace_back(std::move(heading));
  }

  // --- Values ---

  void wrong(std::string_view rule, std::string_view name, Span span, std::string message) {
    reading_.found.push_back(directory::finding(rule, name, span, std::move(message)));
  }

  Duration time(Fields& fields, std::string_view key, Duration otherwise) {
    auto const given = fields.text(key);
    if (!given.given()) return otherwise;
    auto const read = read_time(given.value);
    if (!read)
      reading_.wrong(given.span, fmt::format("'{}' is '{}', expected a time such as 90s, 1h30m or 250ms", key,
                                             given.value));
    return read.value_or(otherwise);
  }
  Duration until(Fields& fields, Duration at) {
    auto const until = time(fields, "until", std::max(scenario_.duration, at));
    if (until < at) reading_.wrong(fields.span(), "'until' is before 'at'");
    return until;
  }
  Duration time_of_day(Fields& fields, std::string_view key, Duration otherwise) {
    auto const read = time(fields, key, otherwise);
    if (read > std::chrono::hours{24})
      reading_.wrong(fields.span(), fmt::format("'{}' is no time of day, expected 0h to 24h", key));
    return read;
  }

  Now begin(Fields& fields) {
    auto const* const node = fields.any("begin");
    if (node == nullptr) return scenario_.begin;
    auto const* const value = node->as_date_time();
    if (value == nullptr) {
      fields.wrong(*node, "'begin' is no date with a time, expected one such as 2009-08-17T01:41:00Z");
      return scenario_.begin;
    }
    auto const& [date, clock, offset] = value->get();
    auto const day = std::chrono::sys_days(std::chrono::year{date.year} / date.month / date.day);
    auto const minutes = offset ? std::chrono::minutes{offset->minutes} : std::chrono::minutes{0};
    return day + std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute} +
           std::chrono::seconds{clock.second} + Duration{clock.nanosecond / million} - minutes;
  }

  // In thousandths: 45.5 bits a second are 45,500.
  std::optional<std::uint64_t> speed(Fields& fields) {
    auto const* const node = fields.any("bits_per_second");
    if (node == nullptr) return std::nullopt;
    auto const value = node->value<double>();
    if (!node->is_number() || !value || std::isnan(*value) || *value < 1 || *value > fastest) {
      fields.wrong(*node, "'bits_per_second' is no number from 1 to 1,000,000,000");
      return std::nullopt;
    }
    return static_cast<std::uint64_t>(std::llround(*value * 1'000));
  }
  std::optional<std::uint32_t> per_million(Fields& fields, std::string_view key) {
    auto const value = fields.whole(key, -1, 0, million);
    if (value < 0) return std::nullopt;
    return static_cast<std::uint32_t>(value);
  }
  grammar::Precedence precedence(Located const& word) {
    if (!word.given()) return grammar::Precedence::none;
    auto const known = std::ranges::find(precedences, word.value, &decltype(precedences)::value_type::first);
    if (known != precedences.end()) return known->second;
    reading_.wrong(
        word.span,
        fmt::format("'{}' is no precedence, expected routine, priority, immediate or flash", word.value));
    return grammar::Precedence::none;
  }

  // Names of the network.
  template <class Range, class Name>
  std::string known(Located const& given, std::string_view kind, Range const& range, Name name) {
    if (!given.given() || scenario_.directory == nullptr) return given.value;
    if (std::ranges::find(range, given.value, name) != std::ranges::end(range)) return given.value;
    std::vector<std::string_view> names;
    names.reserve(range.size());
    for (auto const& each : range) names.push_back(each.*name);
    auto& found = reading_.found.emplace_back(directory::finding(
        "SCN-06", "not-in-the-network", given.span, fmt::format("there is no {} '{}'", kind, given.value)));
    found.help = directory::suggestion(given.value, names);
    return given.value;
  }
  [[nodiscard]] directory::Network const& network() const {
    static directory::Network const none{};
    return scenario_.directory == nullptr ? none : scenario_.directory->network();
  }
  std::string station(Located const& given) {
    return known(given, "station", network().stations, &directory::Station::indicator);
  }
  std::string relay(Located const& given) {
    return known(given, "relay", network().relays, &directory::Relay::indicator);
  }
  std::string circuit(Located const& given) {
    return known(given, "circuit", network().circuits, &directory::Circuit::name);
  }
  std::string channel(Located const& given) {
    auto const& circuits = network().circuits;
    if (std::ranges::find(circuits, given.value, &directory::Circuit::in_channel) != circuits.end())
      return given.value;
    return known(given, "channel", circuits, &directory::Circuit::out_channel);
  }

  Reading reading_;
  fs::path folder_;
  std::string_view text_;
  std::optional<Duration> duration_;  // in place of the scenario's own
  Scenario scenario_;
};

}  // namespace

ScenarioFile read_scenario(std::string text, fs::path const& folder, std::optional<Duration> duration) {
  auto file = Reader(text, folder, duration).run();
  file.text = std::move(text);
  return file;
}

ScenarioFile read_scenario_file(fs::path const& path, std::optional<Duration> duration) {
  if (auto text = contents(path)) return read_scenario(std::move(*text), path.parent_path(), duration);
  ScenarioFile file;
  file.diagnostics.push_back(directory::finding("SCN-00", "unreadable", {}, "the file cannot be read"));
  return file;
}

std::string first_three_lines(std::string const& text) {
  grammar::Parser parser;
  std::string lines;
  for (auto const& line : parser.parse(text).lines) {
    if (line.format_line < grammar::FormatLine::fl1 || line.format_line > grammar::FormatLine::fl3) continue;
    lines.append(lines.empty() ? "" : "\n").append(line.text);
  }
  return lines;
}

}  // namespace torntape::simulation
