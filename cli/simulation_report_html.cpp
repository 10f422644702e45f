// One page, complete in itself: no script, nothing fetched. Colours follow what the reader's system prefers.
#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "cli/simulation_report.hpp"
#include "router/simulation/figures.hpp"
#include "router/simulation/scenario_file.hpp"

namespace torntape::cli {
namespace {

using simulation::Duration;
using simulation::Ledger;
using simulation::Load;
using simulation::Now;

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --paper: #fbfaf6; --card: #ffffff; --ink: #1d2733; --soft: #65717e; --line: #dcdfe0;
  --out: #1f6f8b; --queue: #c4622d; --good: #2f7d4f; --bad: #b3362b; --track: #e9ebe8; }
@media (prefers-color-scheme: dark) { :root { --paper: #12171c; --card: #1a2128; --ink: #e3e8ec; --soft: #93a0ab;
  --line: #2e3841; --out: #5fb3cf; --queue: #e8935f; --good: #6cc48e; --bad: #ef7b70; --track: #262f37; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
p { margin: .25rem 0; max-width: 46rem; } .soft { color: var(--soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.figure, .panel, .lane { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.figure { padding: .7rem .9rem; } .figure b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; line-height: 1.2; }
.figure span { color: var(--soft); font-size: .85rem; }
.panel { padding: .5rem 1rem 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; }
th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
tr:last-child td { border-bottom: 0; } .number { text-align: right; }
.lanes { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .75rem; }
.lane { padding: .6rem .8rem; } .lane header { display: flex; justify-content: space-between; gap: .5rem; }
.lane small { color: var(--soft); } .lane svg { margin: .3rem 0 .35rem; } svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; } svg .soft { fill: var(--soft); }
.key i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin: 0 .3em 0 .9em; }
.good { color: var(--good); } .bad { color: var(--bad); }
pre { margin: .15rem 0 .4rem; font: 12.5px/1.4 ui-monospace, monospace; color: var(--soft); white-space: pre-wrap; }
ol { list-style: none; margin: 0; padding: 0; } ol li { display: grid; grid-template-columns: 7.5rem 6rem 1fr; gap: .5rem;
  padding: .25rem 0; border-bottom: 1px solid var(--line); } ol li:last-child { border: 0; }
time { color: var(--soft); font-variant-numeric: tabular-nums; }
@media (max-width: 40rem) { ol li { grid-template-columns: 1fr; gap: 0; } }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (auto const letter : text) switch (letter) {
      case '&':
        out.append("&amp;");
        break;
      case '<':
        out.append("&lt;");
        break;
      case '>':
        out.append("&gt;");
        break;
      case '"':
        out.append("&quot;");
        break;
      default:
        out.push_back(letter);
    }
  return out;
}

double share(Duration part, Duration whole) {
  return whole.count() == 0 ? 0 : static_cast<double>(part.count()) / static_cast<double>(whole.count());
}

std::string rounded(Duration time) {
  if (time >= std::chrono::minutes{1}) time = std::chrono::round<std::chrono::seconds>(time);
  return simulation::to_string(time);
}

// Places on a circle, without the library's sine: the same figures on every machine.
struct Point {
  double x = 0, y = 0;
};
std::vector<Point> circle(std::size_t count) {
  // Points of a square, pushed out to the circle.
  std::vector<Point> points;
  for (std::size_t i = 0; i != count; ++i) {
    auto const turn = 4.0 * static_cast<double>(i) / static_cast<double>(count);
    auto const side = static_cast<int>(turn);
    auto const along = 2 * (turn - side) - 1;
    std::array<Point, 4> const sides{Point{along, -1}, Point{1, along}, Point{-along, 1}, Point{-1, -along}};
    auto const point = sides.at(static_cast<std::size_t>(side));
    points.push_back({point.x * (1 - point.y * point.y / 3), point.y * (1 - point.x * point.x / 3)});
  }
  return points;
}

class Page {
 public:
  explicit Page(SimulationRun const& run)
      : run_(run), ledger_(run.ledger), time_(std::max<Duration>(ledger_.end - ledger_.begin, Duration{1})) {}

  std::string print() && {
    add("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<title>{} · torntape</title>\n<style>{}</style>\n"
        "</head>\n<body>\n<main>\n",
        escaped(run_.scenario.name), style);
    head();
    verdict();
    speeds();
    map();
    lanes();
    for (auto const* const message : journeys(run_)) journey(*message);
    alarms();
    out_.append("</main>\n</body>\n</html>\n");
    return std::move(out_);
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }
  [[nodiscard]] std::string clock(Now at) const {
    return fmt::format("{:%F %T}", std::chrono::floor<std::chrono::seconds>(at));
  }

  void head() {
    auto const sum = totals(ledger_);
    add("<h1>{}</h1>\n<p>{}</p>\n<p class=\"soft\">Seed {} · from {}Z, {} of virtual time</p>\n<div "
        "class=\"figures\">\n",
        escaped(run_.scenario.name), escaped(run_.scenario.about), run_.seed, clock(ledger_.begin),
        rounded(ledger_.end - ledger_.begin));
    std::array const figures{std::pair{sum.messages, "messages filed"},
                             std::pair{sum.copies, "copies for stations"},
                             std::pair{sum.delivered, "delivered"},
                             std::pair{sum.intercepted, "intercepted"},
                             std::pair{sum.transmissions, "transmissions"},
                             std::pair{sum.service, "service messages"},
                             std::pair{sum.preempted, "preemptions"},
                             std::pair{sum.alternate, "by alternate routes"},
                             std::pair{sum.marked_again, "again, and marked"},
                             std::pair{sum.lost + sum.garbled, "lost or garbled"}};
    for (auto const& [number, what] : figures)
      add("<div class=\"figure\"><b>{}</b><span>{}</span></div>\n", number, what);
    out_.append("</div>\n");
  }

  void verdict() {
    auto const expected = run_.scenario.expectations.size();
    for (auto const& violation : ledger_.violations())
      add("<p class=\"bad\">Must not be: {}</p>\n", escaped(violation.what));
    for (auto const& unmet : run_.unmet)
      add("<p class=\"bad\">Expected: {}; found: {}</p>\n", escaped(unmet.expected), escaped(unmet.found));
    if (expected != 0 && run_.unmet.empty())
      add("<p class=\"good\">{} of {} expectations met.</p>\n", expected, expected);
  }

  // A bar from 0 to the objective; a tick where half, and where nine in ten, have arrived.
  void speeds() {
    out_.append(
        "<h2>From writer to reader</h2>\n<div class=\"panel\"><table>\n<tr><th>Precedence<th "
        "class=\"number\">Copies"
        "<th class=\"number\">Median<th class=\"number\">9 in 10<th class=\"number\">Longest<th "
        "class=\"number\">Objective"
        "<th class=\"number\">Within<th>9 in 10, of the objective</tr>\n");
    for (auto const& speed : simulation::speeds(ledger_)) {
      if (speed.copies == 0) continue;
      auto const within = 100.0 * static_cast<double>(speed.within) / static_cast<double>(speed.copies);
      auto const filled = std::min(1.0, share(speed.nine_in_ten, speed.objective));
      add("<tr><td>{}<td class=\"number\">{}<td class=\"number\">{}<td class=\"number\">{}<td "
          "class=\"number\">{}"
          "<td class=\"number\">{}<td class=\"number {}\">{:.1f} %<td><svg viewBox=\"0 0 200 14\" "
          "style=\"width:200px\" "
          "role=\"img\" aria-label=\"{:.0f} per cent of the objective\"><rect width=\"200\" height=\"14\" "
          "rx=\"4\" "
          "fill=\"var(--track)\"/><rect width=\"{:.1f}\" height=\"14\" rx=\"4\" "
          "fill=\"var(--{})\"/></svg></tr>\n",
          grammar::name(speed.precedence), speed.copies, rounded(speed.median), rounded(speed.nine_in_ten),
          rounded(speed.longest), rounded(speed.objective), speed.within == speed.copies ? "good" : "bad",
          within, 100 * filled, std::max(2.0, 200 * filled), filled < 1 ? "out" : "bad");
    }
    out_.append("</table></div>\n");
  }

  // Relays on a circle; a circuit as wide as it was busy in its busier direction.
  void map() {
    auto const& network = run_.scenario.directory->network();
    if (network.circuits.empty()) return;
    auto const points = circle(network.relays.size());
    auto const place = [&](std::string const& relay) {
      auto const at =
          std::ranges::find(network.relays, relay, &directory::Relay::indicator) - network.relays.begin();
      auto const& point = points[static_cast<std::size_t>(at)];
      return Point{400 + 290 * point.x, 200 + 150 * point.y};
    };
    out_.append(
        "<h2>The network</h2>\n<div class=\"panel\"><svg viewBox=\"0 0 800 400\" role=\"img\" "
        "aria-label=\"relays and "
        "circuits\">\n");
    for (auto const& circuit : network.circuits) {
      auto const from = place(circuit.first), to = place(circuit.second);
      auto const busy =
          std::max(share(load(circuit.out_channel).busy, time_), share(load(circuit.in_channel).busy, time_));
      auto const x = from.x + (to.x - from.x) * 0.42, y = from.y + (to.y - from.y) * 0.42;
      add("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"var(--out)\" "
          "stroke-width=\"{:.1f}\" "
          "stroke-linecap=\"round\" opacity=\"{:.2f}\"/>\n",
          from.x, from.y, to.x, to.y, 1.5 + 14 * std::min(1.0, busy), 0.35 + 0.5 * std::min(1.0, busy));
      add("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\" "
          "style=\"paint-order:stroke;stroke:var(--card);"
          "stroke-width:5px\">{} <tspan class=\"soft\">{:.0f} %</tspan></text>\n",
          x, y + 4, escaped(circuit.name), 100 * busy);
    }
    for (auto const& relay : network.relays) {
      auto const at = place(relay.indicator);
      add("<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"27\" fill=\"var(--card)\" stroke=\"var(--ink)\" "
          "stroke-width=\"1.5\"/>"
          "<text x=\"{0:.1f}\" y=\"{2:.1f}\" text-anchor=\"middle\" font-weight=\"600\">{3}</text>\n",
          at.x, at.y, at.y + 4, escaped(relay.indicator));
    }
    out_.append(
        "</svg><p class=\"soft\">A circuit is drawn as wide as its busier direction was busy.</p></div>\n");
  }

  void lanes() {
    out_.append(
        "<h2>Circuits over time</h2>\n<p class=\"key soft\">One panel for each direction<i "
        "style=\"background:var(--out)\"></i>busy<i style=\"background:var(--queue)\"></i>waiting</p>\n<div "
        "class=\"lanes\">\n");
    for (auto const& [channel, load] : ledger_.loads())
      if (load.messages != 0) lane(channel, load);
    out_.append("</div>\n");
  }

  void lane(std::string const& channel, Load const& load) {
    constexpr double wide = 300, high = 64;
    add("<div class=\"lane\"><header><b>{}</b><small>{} → {}</small></header>\n", escaped(channel),
        escaped(load.from), escaped(load.to));
    add("<svg viewBox=\"0 0 {0} {1}\" role=\"img\" aria-label=\"busy and waiting over time\"><rect y=\"{1}\" "
        "width=\"{0}\" "
        "height=\"1\" fill=\"var(--line)\"/>\n",
        wide, high);
    auto const count = load.busy_at.size();
    auto const step = wide / static_cast<double>(std::max<std::size_t>(count, 2) - 1);
    for (std::size_t i = 1; i < count; ++i) {
      auto const busy = std::min(1.0, share(load.busy_at[i] - load.busy_at[i - 1], ledger_.sample));
      if (busy == 0) continue;
      add("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"var(--out)\" "
          "opacity=\".75\"/>",
          step * static_cast<double>(i - 1), high * (1 - busy), std::max(1.0, step - 0.6), high * busy);
    }
    auto const deepest = std::max<double>(static_cast<double>(load.deepest), 1);
    std::string line;
    for (std::size_t i = 0; i != load.depth.size(); ++i)
      fmt::format_to(std::back_inserter(line), "{:.1f},{:.1f} ", step * static_cast<double>(i),
                     (high - 2) * (1 - load.depth[i] / deepest) + 1);
    if (load.deepest != 0)
      add("\n<polyline points=\"{}\" fill=\"none\" stroke=\"var(--queue)\" stroke-width=\"1.6\"/>", line);
    add("</svg>\n<small>{} messages, {} service · {:.1f} % busy · deepest queue {}{}{}</small></div>\n",
        load.messages, load.service, 100 * share(load.busy, time_), load.deepest,
        load.preempted != 0 ? fmt::format(" · {} preempted", load.preempted) : std::string(),
        load.lost + load.garbled != 0 ? fmt::format(" · {} lost or garbled", load.lost + load.garbled)
                                      : std::string());
  }

  void journey(simulation::Tracked const& message) {
    add("<h2>{} <span class=\"soft\">{}</span></h2>\n<div class=\"panel\"><ol>\n", escaped(message.identity),
        escaped(message.reference));
    for (auto const& step : message.journey) {
      add("<li><time>+{}</time><b>{}</b><span>{}", rounded(step.at - message.filed_at), escaped(step.place),
          escaped(step.what));
      if (!step.heading.empty()) add("<pre>{}</pre>", escaped(step.heading));
      out_.append("</span></li>\n");
    }
    out_.append("</ol></div>\n");
  }

  void alarms() {
    constexpr std::size_t most = 50;
    if (ledger_.alarm_count() == 0) return;
    add("<h2>{} alarms</h2>\n<div class=\"panel\"><ol>\n", ledger_.alarm_count());
    auto const shown = std::min(ledger_.alarms().size(), most);
    for (std::size_t i = 0; i != shown; ++i) {
      auto const& alarm = ledger_.alarms()[i];
      add("<li><time>+{}</time><b>{}</b><span>{}</span></li>\n", rounded(alarm.at - ledger_.begin),
          escaped(alarm.place), escaped(alarm.what));
    }
    out_.append("</ol>");
    if (shown < ledger_.alarm_count())
      add("<p class=\"soft\">and {} more</p>", ledger_.alarm_count() - shown);
    out_.append("</div>\n");
  }

  [[nodiscard]] Load const& load(std::string const& channel) const {
    static Load const none{};
    auto const found = ledger_.loads().find(channel);
    return found == ledger_.loads().end() ? none : found->second;
  }

  SimulationRun const& run_;
  Ledger const& ledger_;
  Duration time_;
  std::string out_;
};

}  // namespace

std::string simulation_in_html(SimulationRun const& run) { return Page(run).print(); }

}  // namespace torntape::cli
