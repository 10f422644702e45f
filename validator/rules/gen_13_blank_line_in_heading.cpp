#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::blank_line, [&](View blank) {
    found.add(blank, "empty line in the heading")
        .suggest("remove the line", {erase(whole(m.lines[line_index(m, blank)]))});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const* const line = line_of(
      draft.message(), random.pick(FormatLine::fl4, FormatLine::fl6, FormatLine::fl7, FormatLine::fl8));
  return line != nullptr && draft.insert_before(line->text, line->ending);
}

}  // namespace

Rule gen_13() {
  return {
      .id = "GEN-13",
      .name = "blank-line-in-heading",
      .severities = "WWWWW",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::blank_line),
      .check = check,
      .violate = violate,
      .page = {.what = "The lines of a heading follow each other without an empty one. A copy for the web "
                       "database has exactly one, after FL2.",
               .why = "Programs that take an empty line for the end of the heading lose the lines after it.",
               .citation = "ACP 127(G) 138.b; observed in State headings 2001-2010",
               .good = "FM AMEMBASSY KARSTOVA\n"
                       "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
               .bad = "FM AMEMBASSY KARSTOVA\n"
                      "\n"
                      "TO RUEHC/SECSTATE WASHDC PRIORITY 1284"}};
}

}  // namespace torntape::validator
