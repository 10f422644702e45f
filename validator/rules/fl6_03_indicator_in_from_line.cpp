#include <string>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::originator_indicator, [&](View where) {
    // "FM STATE/EUR": letters before a slant that are no indicator belong to the name.
    if (fault_of_indicator(where, m)) return;
    found.add(where, "indicator before the name of the originator")
        .note(m.origin.routing_indicator, "originating station");
  });
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (!grammar::present(m.origin.routing_indicator)) return false;
  return draft.insert_before(m.originator.plain_language_address,
                             std::string{m.origin.routing_indicator} + '/');
}

}  // namespace

Rule fl6_03() {
  return {
      .id = "FL6-03",
      .name = "indicator-in-from-line",
      .severities = "W----",
      .kinds = "all",
      .when = has(Feature::originator_indicator),
      .check = check,
      .violate = violate,
      .page = {.what = "The FM line of a State heading has a plain language address without an indicator.",
               .why = "The indicator of the originating station stands in FL3; a second one here is taken "
                      "for part of the name.",
               .citation = "5 FAH-2 H-232; observed in State headings 2001-2010",
               .good = "FM AMEMBASSY KARSTOVA",
               .bad = "FM RTBAKV/AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
