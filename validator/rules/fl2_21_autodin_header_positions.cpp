#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  found.add(first(m, Feature::autodin_positions_odd),
            "expected 33 fixed positions, separators in 9, 21 and 29, before the start of routing");
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().routing_line;
  if (!grammar::present(part.content_indicator)) return false;
  return random.below(2) == 0 ? draft.insert_after(part.content_indicator, random.pick("R", "W"))
                              : draft.erase(part.content_indicator.substr(3));
}

}  // namespace

Rule fl2_21() {
  return {.id = "FL2-21",
          .name = "autodin-header-positions",
          .severities = "---E-",
          .kinds = "all",
          .when = has(Feature::autodin_positions_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The header has 33 fixed positions before the start of routing, with separators "
                           "in positions 9, 21 and 29.",
                   .why = "A switch reads the header by its positions alone: one too many or too few, and it "
                          "rejects the message.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "PTTUZYUWR RTCATRM0512 2310941-UUUU--RTBAOSC."}};
}

}  // namespace torntape::validator
