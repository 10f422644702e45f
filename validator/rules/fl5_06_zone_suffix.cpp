#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::zone_odd, [&](View where) {
    found.add(where, fmt::format("zone of the date-time group is `{}`, expected Z", where));
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().preamble.zone, random.pick("A", "R", "E"));
}

}  // namespace

Rule fl5_06() {
  return {.id = "FL5-06",
          .name = "zone-suffix",
          .severities = "EWEEE",
          .kinds = "all",
          .when = has(Feature::zone_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The date-time group is in zone Z, Greenwich mean time.",
                   .why = "Read as Z, a time of another zone is wrong by hours; filing order and references "
                          "no longer fit.",
                   .citation = "ACP 127(G) 113, Annex B; observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 09",
                   .bad = "P 190938A AUG 09"}};
}

}  // namespace torntape::validator
