#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::page_line_in_list, [&](View where) {
    found.add(where, "mark of a page among the addressees")
        .suggest("remove the line", {erase(whole(m.lines[line_index(m, where)]))});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const* const line = line_of(draft.message(), FormatLine::fl8);
  // The marks that follow would count from it.
  if (line == nullptr || !draft.message().page_marks.empty()) return false;
  return draft.insert_before(
      line->text, random.pick("PAGE 02 KARSTOVA 000512 190938Z\n", "PAGE 2 STATE 001399 170141Z\n"));
}

}  // namespace

Rule fl7_19() {
  return {.id = "FL7-19",
          .name = "page-line-in-address-list",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::page_line_in_list),
          .check = check,
          .violate = violate,
          .page = {.what = "The mark of a page stands in the text, not among the addressees.",
                   .why = "A station that reads the list takes it for an addressee.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "PAGE 02 KARSTOVA 000512 190938Z\n"
                          "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
