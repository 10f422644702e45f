#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::month_missing, [&](View place) { found.add(place, "no month in the date-time group"); });
}

bool violate(Draft& draft, Random&) {
  auto const& part = draft.message().preamble;
  if (!grammar::present(part.zone) || !grammar::present(part.year)) return false;
  return draft.erase(stretch(part.zone.substr(1), part.year));
}

}  // namespace

Rule fl5_11() {
  return {.id = "FL5-11",
          .name = "month-missing",
          .severities = "-I--W",
          .kinds = "all",
          .when = has(Feature::month_missing),
          .check = check,
          .violate = violate,
          .page = {.what = "The originating station writes month and year in the date-time group.",
                   .why = "After a month the day and the time alone no longer tell which message is meant.",
                   .citation = "ACP 127(G) 113",
                   .good = "P 190938Z AUG 2009",
                   .bad = "P 190938Z"}};
}

}  // namespace torntape::validator
