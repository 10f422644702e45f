#include <algorithm>

#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::autodin_end_missing, [&](View place) {
    auto finding = found.add(place, "no period after the last routing indicator");
    // A period in the wrong place, or more than letters at the end, is damage of another kind.
    auto const& called = m.routing_line.routing_indicators;
    if (called.empty() || std::ranges::all_of(called.back(), grammar::is_letter)) finding.suggest(".");
  });
}

bool violate(Draft& draft, Random&) { return draft.erase(draft.message().routing_line.end_of_routing); }

}  // namespace

Rule fl2_23() {
  return {.id = "FL2-23",
          .name = "autodin-end-of-routing",
          .severities = "---E-",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::autodin_end_missing),
          .check = check,
          .violate = violate,
          .page = {.what = "The routing begins with two hyphens and ends with a period.",
                   .why = "A switch reads indicators until it finds the period, and would take the next "
                          "lines for routing.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC"}};
}

}  // namespace torntape::validator
