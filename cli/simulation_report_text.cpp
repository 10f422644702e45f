#include <algorithm>
#include <iterator>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cli/simulation_report.hpp"
#include "router/simulation/figures.hpp"
#include "router/simulation/scenario_file.hpp"

namespace torntape::cli {
namespace {

using simulation::Duration;
using simulation::Ledger;
using simulation::MessageIndex;
using simulation::Now;

constexpr std::string_view bold = "1", red = "31", green = "32", dim = "2";
constexpr std::size_t most_alarms = 10;

// "01:41:52.250", and the day where it is another than the first.
std::string clock(Now at, Now begin) {
  auto const day = std::chrono::floor<std::chrono::days>(at) - std::chrono::floor<std::chrono::days>(begin);
  auto const text = fmt::format("{:%T}", std::chrono::floor<std::chrono::seconds>(at));
  return day.count() == 0 ? text : fmt::format("{}d {}", day.count(), text);
}

class Text {
 public:
  Text(SimulationRun const& run, Style const& style) : run_(run), ledger_(run.ledger), style_(style) {}

  std::string print() && {
    head();
    speeds();
    circuits();
    alarms();
    for (auto const* const message : journeys(run_)) journey(*message);
    verdict();
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  void head() {
    auto const& scenario = run_.scenario;
    auto const sum = totals(ledger_);
    add("{}  {}\n", style_(bold, printable(scenario.name)), style_(dim, fmt::format("seed {}", run_.seed)));
    if (!scenario.about.empty()) add("{}\n", printable(scenario.about));
    add("\n{} message{}, {} cop{}: {} delivered, {} intercepted", sum.messages, sum.messages == 1 ? "" : "s",
        sum.copies, sum.copies == 1 ? "y" : "ies", sum.delivered, sum.intercepted);
    if (sum.refused != 0) add(", {} message{} refused", sum.refused, sum.refused == 1 ? "" : "s");
    if (sum.marked_again != 0) add(", {} delivered again and marked", sum.marked_again);
    add("\n{} transmissions, {} service messages, {} preemptions, {} by alternate routes\n",
        sum.transmissions, sum.service, sum.preempted, sum.alternate);
    if (sum.lost + sum.garbled + ledger_.crashes != 0)
      add("{} lost as lines broke, {} garbled, {} crashes of relays\n", sum.lost, sum.garbled,
          ledger_.crashes);
    add("{} of virtual time, {} relay events\n", simulation::to_string(ledger_.end - ledger_.begin),
        ledger_.events);
  }

  void speeds() {
    add("\n{}\n",
        style_(bold, "writer to reader     copies   median      9 in 10     longest     objective  within"));
    for (auto const& speed : simulation::speeds(ledger_)) {
      if (speed.copies == 0) continue;
      auto const share = fmt::format(
          "{:5.1f} %", 100.0 * static_cast<double>(speed.within) / static_cast<double>(speed.copies));
      add("{:<18} {:>8}   {:<11} {:<11} {:<11} {:<10} {}\n", grammar::name(speed.precedence), speed.copies,
          time(speed, speed.median), time(speed, speed.nine_in_ten), time(speed, speed.longest),
          simulation::to_string(speed.objective), style_(speed.within == speed.copies ? green : red, share));
    }
  }
  static std::string time(simulation::Speed const& speed, Duration time) {
    return speed.delivered == 0 ? "-" : rounded(time);
  }
  // To seconds, once it takes a minute.
  static std::string rounded(Duration time) {
    if (time >= std::chrono::minutes{1}) time = std::chrono::round<std::chrono::seconds>(time);
    return simulation::to_string(time);
  }

  void circuits() {
    add("\n{}\n",
        style_(bold,
               "channel  from  to     messages  service     busy  deepest queue  preempted  lost  garbled"));
    auto const time = std::max<Duration>(ledger_.end - ledger_.begin, Duration{1});
    for (auto const& [channel, load] : ledger_.loads())
      add("{:<8} {:<5} {:<6} {:>8} {:>8} {:>6.1f} % {:>14} {:>10} {:>5} {:>8}\n", channel, load.from, load.to,
          load.messages, load.service,
          100.0 * static_cast<double>(load.busy.count()) / static_cast<double>(time.count()), load.deepest,
          load.preempted, load.lost, load.garbled);
  }

  void alarms() {
    if (ledger_.alarm_count() == 0) return;
    add("\n{}\n", style_(bold, fmt::format("{} alarms", ledger_.alarm_count())));
    auto const shown = std::min(ledger_.alarms().size(), most_alarms);
    for (std::size_t i = 0; i != shown; ++i) {
      auto const& alarm = ledger_.alarms()[i];
      add("{}  {}  {}\n", clock(alarm.at, ledger_.begin), alarm.place, printable(alarm.what));
    }
    if (shown < ledger_.alarm_count()) add("and {} more\n", ledger_.alarm_count() - shown);
  }

  void journey(simulation::Tracked const& message) {
    add("\n{}{}\n", style_(bold, printable(message.identity)),
        message.reference.empty() ? std::string() : "  " + printable(message.reference));
    for (auto const& step : message.journey) {
      add("{}  {:<8} {}\n", clock(step.at, ledger_.begin), step.place, printable(step.what));
      auto rest = std::string_view(step.heading);
      while (!rest.empty()) {
        auto const line = rest.substr(0, rest.find('\n'));
        add("                       {}\n", style_(dim, printable(line)));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      }
    }
  }

  void verdict() {
    auto const expected = run_.scenario.expectations.size();
    if (expected + ledger_.violations().size() != 0) add("\n");
    for (auto const& violation : ledger_.violations())
      add("{} {}\n", style_(red, "must not be:"), printable(violation.what));
    if (auto const more = ledger_.violation_count() - ledger_.violations().size(); more != 0)
      add("and {} more\n", more);
    for (auto const& unmet : run_.unmet)
      add("{} {}\n{} {}\n", style_(red, "expected:"), in_lines(unmet.expected),
          "found:   ", in_lines(unmet.found));
    if (!run_.unmet.empty())
      add("{} of {} expectations not met, seed {}\n", run_.unmet.size(), expected, run_.seed);
    else if (expected != 0)
      add("{}\n", style_(green, fmt::format("{} of {} expectations met", expected, expected)));
  }
  static std::string in_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      auto const line = text.substr(0, text.find('\n'));
      out.append(printable(line));
      text.remove_prefix(line.size());
      if (!text.empty()) out.append("\n  ");
      text.remove_prefix(std::min<std::size_t>(1, text.size()));
    }
    return out;
  }

  SimulationRun const& run_;
  Ledger const& ledger_;
  Style const& style_;
  std::string out_;
};

}  // namespace

std::vector<simulation::Tracked const*> journeys(SimulationRun const& run) {
  std::vector<simulation::Tracked const*> shown;
  auto const show = [&](std::optional<MessageIndex> index) {
    auto const* const message = index ? run.ledger.message(*index) : nullptr;
    if (message != nullptr && std::ranges::find(shown, message) == shown.end()) shown.push_back(message);
  };
  for (auto const index : run.journeys) show(index);
  for (auto const& unmet : run.unmet) show(unmet.message);
  for (auto const& violation : run.ledger.violations()) show(violation.message);
  return shown;
}

std::string simulation_in_text(SimulationRun const& run, Style const& style) {
  return Text(run, style).print();
}

}  // namespace torntape::cli
