#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::originator_prosign_odd, [&](View where) {
    if (where == "FM") return;  // a tab after it (GEN-07)
    found.add(where, fmt::format("prosign of the originator is `{}`, expected FM", where)).suggest("FM");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().originator.prosign, random.pick("FROM", "From:", "FM:"));
}

}  // namespace

Rule fl6_02() {
  return {.id = "FL6-02",
          .name = "from-prosign-wrong",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::originator_prosign_odd),
          .silences = {"GEN-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "The originator stands after the prosign FM.",
                   .why = "Stations and switches find the originator by this prosign and by no other word.",
                   .citation = "ACP 127(G) 133",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FROM AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
