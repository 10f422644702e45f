#include <algorithm>

#include <fmt/format.h>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t width = grammar::fl02::width;

View trimmed(View line) { return line.substr(0, line.find_last_not_of(' ') + 1); }

// The first group of a line that would have had room on the line before.
View early_break(View line, View next) {
  auto const group = next.substr(0, next.find(' '));
  return trimmed(line).size() + 1 + group.size() <= width ? group : View{};
}

void check(Message const& m, Site const&, Findings& found) {
  for (std::size_t i = 1; i < m.lines.size() && m.lines[i - 1].format_line <= FormatLine::fl2; ++i) {
    auto const& line = m.lines[i - 1];
    auto const& next = m.lines[i];
    if (line.format_line != FormatLine::fl2 || next.format_line != FormatLine::fl2) continue;
    auto const group = early_break(line.text, next.text);
    if (group.empty()) continue;
    auto finding = found.add(group, fmt::format("{} would have had room on the line before", group));
    // What is no indicator would be lost, or break the line again.
    if (!m.features.any_of(has(Feature::routing_indicator_odd, Feature::routing_filler)))
      finding.suggest("fill the lines", with_routing_indicators(m, m.routing_line.routing_indicators));
    return;
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& called = draft.message().routing_line.routing_indicators;
  if (called.size() < 3) return false;
  auto const indicator = called[1 + random.below(std::min<std::size_t>(called.size() - 1, 6))];
  View const blank{indicator.data() - 1, 1};
  return blank == " " && draft.replace(blank, "\n");
}

}  // namespace

Rule fl2_10() {
  return {
      .id = "FL2-10",
      .name = "routing-line-wrap",
      .severities = "I----",
      .kinds = "all",
      .mend = Safety::safe,
      .check = check,
      .violate = violate,
      .page = {.what = "State switches fill every routing line with as many indicators as 70 columns take.",
               .why = "A line broken earlier was written or changed by hand, or by another system.",
               .citation = "observed in State headings 2001-2010",
               .good = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                       "RUEHPW RUEHROV RUEHSL RUEHSR",
               .bad = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW\n"
                      "RUEHLA RUEHLH RUEHNEH RUEHNP RUEHPW RUEHROV RUEHSL RUEHSR"}};
}

}  // namespace torntape::validator
