#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t long_run = 10;

// From the first line of the message to its text.
View heading_of(Message const& m) {
  auto const first = std::ranges::find_if(
      m.lines, [](grammar::Line const& line) { return line.reading != grammar::Reading::outside; });
  auto const text = std::find_if(
      first, m.lines.end(), [](grammar::Line const& line) { return line.format_line >= FormatLine::fl11; });
  return first == text ? View{} : stretch(first->text, std::prev(text)->text);
}

// Ten equal characters in a row hold a place that is a multiple of eight and the two after it, so that most
// of a heading need not be looked at.
void check(Message const& m, Site const&, Findings& found) {
  auto const heading = heading_of(m);
  for (std::size_t i = 0; i + 2 < heading.size(); i += 8) {
    auto const c = heading[i];
    bool const alike = ((c ^ heading[i + 1]) | (c ^ heading[i + 2])) == 0;  // one branch, seldom taken
    if (!alike || c == ' ' || c == '\n') continue;
    auto begin = i, end = i;
    while (begin != 0 && heading[begin - 1] == c) --begin;
    while (end != heading.size() && heading[end] == c) ++end;
    i = (end - 1) - (end - 1) % 8;
    auto const run = heading.substr(begin, end - begin);
    if (run.size() < long_run || m.lines[line_index(m, run)].reading == grammar::Reading::outside) continue;
    found.add(run, fmt::format("`{}` stands {} times in a row", c, run.size()));
  }
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().originator.plain_language_address,
                            std::string(long_run + random.below(5), random.pick('E', 'T', 'X')));
}

}  // namespace

Rule gen_18() {
  return {.id = "GEN-18",
          .name = "long-run-of-one-character",
          .severities = "IIIII",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "No character stands ten times in a row in a heading.",
                   .why = "A stuck line repeats one combination: what it covered is lost.",
                   .citation = "NATO CAMPS design papers",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FM AMEMBASSY KARSTOVAAAAAAAAAAA"}};
}

}  // namespace torntape::validator
