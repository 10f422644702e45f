#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// Routing lines may be broken at any blank.
std::vector<Change> broken_in_two(View line, std::size_t limit) {
  auto const blank = line.rfind(' ', limit);
  if (blank == View::npos) return {};
  return {replace(line.substr(blank, 1), "\n")};
}

void check(Message const& m, Site const&, Findings& found) {
  auto const limit = m.conventions->line_length;
  each(m, Feature::line_over_limit, [&](View excess) {
    auto const& line = m.lines[line_index(m, excess)];
    auto const length = static_cast<std::size_t>(excess.data() - line.text.data()) + excess.size();
    auto const routing = line.format_line == FormatLine::fl2;
    auto const most = routing ? m.conventions->routing_line_length : limit;
    auto const noted_only = length <= most;
    auto finding = found.add(
        excess, fmt::format("line has {} characters, expected at most {}", length, noted_only ? limit : most),
        noted_only ? Severity::info : Severity::error);
    if (routing && !noted_only)
      finding.suggest("break the line", broken_in_two(line.text.substr(0, length), std::min(limit, most)));
  });
}

// Joins the first two routing lines.
bool violate(Draft& draft, Random&) {
  auto const& lines = draft.message().lines;
  for (std::size_t i = 1; i < lines.size(); ++i)
    if (lines[i - 1].format_line == FormatLine::fl2 && lines[i].format_line == FormatLine::fl2 &&
        lines[i - 1].text.size() + lines[i].text.size() >= draft.message().conventions->routing_line_length)
      return draft.replace(lines[i - 1].ending, " ");
  return false;
}

}  // namespace

Rule gen_03() {
  return {
      .id = "GEN-03",
      .name = "line-over-limit",
      .severities = "WEWWW",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::line_over_limit),
      .silences = {"FL2-10"},
      .check = check,
      .violate = violate,
      .page = {.what = "A heading line has at most 69 characters; a State routing line may have 70.",
               .why = "A page printer stops or overprints at the end of its line: what stands beyond it is "
                      "lost to the reader, and a switch may break the line where it should not be broken.",
               .citation = "ACP 127(G) 138.f; observed in State headings 2001-2010",
               .good = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                       "RUEHPW RUEHROV RUEHSL RUEHSR",
               .bad = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP RUEHPW\n"
                      "RUEHROV RUEHSL RUEHSR"}};
}

}  // namespace torntape::validator
