#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::matter_after_channel_number,
       [&](View matter) { found.add(matter, "matter after the channel sequence number"); });
}

bool violate(Draft& draft, Random& random) {
  auto const prosign = draft.message().profile == Profile::acp127 ? " U" : " UU";
  return draft.insert_after(draft.message().transmission_identification.sequence_number,
                            random.pick(" X", prosign, " 0418"));
}

}  // namespace

Rule fl1_07() {
  return {.id = "FL1-07",
          .name = "matter-after-channel-number",
          .severities = "WEWW-",
          .kinds = "all",
          .when = has(Feature::matter_after_channel_number),
          .check = check,
          .violate = violate,
          .page = {.what = "After the channel number the line of FL1 ends; base ACP 127 allows the five "
                           "spaces, the security prosign, an older identification or a pilot.",
                   .why = "A switch that reads FL1 by position rejects a line with anything more on it.",
                   .citation = "ACP 127(G) 126, 202.f; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO0417 X"}};
}

}  // namespace torntape::validator
