#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::stray_line_in_list, [&](View where) {
    found.add(where, "single word among the addressees, expected an address")
        .suggest("remove the line", {erase(whole(m.lines[line_index(m, where)]))});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& list = draft.message().addressees;
  auto const* const line = line_of(draft.message(), FormatLine::fl8);
  // Among names without indicators a word alone is a name too.
  if (list.empty() || !grammar::present(list.front().routing_indicator)) return false;
  return line != nullptr && draft.insert_before(line->text, random.pick("PROG\n", "X\n", "AMB\n"));
}

}  // namespace

Rule fl7_20() {
  return {.id = "FL7-20",
          .name = "stray-line-in-address-list",
          .severities = "WWWWI",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::stray_line_in_list),
          .check = check,
          .violate = violate,
          .page = {.what = "Every line among the addressees is an address.",
                   .why = "A stray word may be the rest of an address that was lost.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "PROG\n"
                          "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
