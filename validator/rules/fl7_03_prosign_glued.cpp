#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::prosign_glued, [&](View where) {
    if (where == "DE") return;  // FL3
    found.add(where, fmt::format("no blank after {}", where))
        .suggest("insert a blank", {insert_after(where, " ")});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const* const to = line_of(m, FormatLine::fl7);
  auto const* const info = line_of(m, FormatLine::fl8);
  auto const* const line = to == nullptr || (info != nullptr && random.below(2) == 0) ? info : to;
  auto const blank = line == nullptr ? View::npos : line->text.find(' ');
  if (blank != (line == info ? 4 : 2)) return false;
  return draft.erase(line->text.substr(blank, 1)) && draft.message().features.has(Feature::prosign_glued);
}

}  // namespace

Rule fl7_03() {
  return {
      .id = "FL7-03",
      .name = "prosign-glued",
      .severities = "EEEEE",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::prosign_glued),
      .check = check,
      .violate = violate,
      .page = {
          .what = "A blank stands after TO, INFO and XMT.",
          .why = "A station that reads the line by its blanks finds neither the prosign nor the indicator.",
          .citation = "ACP 127(G) 138.e; observed in State headings 2001-2010",
          .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
          .bad = "TORUEHC/SECSTATE WASHDC PRIORITY 1284"}};
}

}  // namespace torntape::validator
