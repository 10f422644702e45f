#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.features.has(Feature::flash)) return;
  for (auto const group : m.transmission_instructions.operating_signals)
    if (group == "ZGC")
      found.add(group, "ZGC, no receipt wanted, on a message that is not FLASH")
          .note(m.preamble.precedence, "precedence of the message");
}

bool violate(Draft& draft, Random&) {
  if (draft.message().features.has(Feature::flash)) return false;
  return draft.insert_after(end_of_instructions(draft.message()), " ZGC");
}

}  // namespace

Rule fl4_12() {
  return {.id = "FL4-12",
          .name = "receipt-waiver-without-flash",
          .severities = "WWWW-",
          .kinds = "all",
          .when = has(Feature::operating_signal),
          .check = check,
          .violate = violate,
          .page = {
              .what = "ZGC, which waives the receipt from station to station, stands on FLASH messages only.",
              .why = "No other precedence is receipted for, so the waiver shows that precedence and "
                     "instruction do not belong together.",
              .citation = "ACP 127(G) 151.b",
              .good = "ZNY CCCCC ZZH",
              .bad = "ZNY CCCCC ZZH ZGC"}};
}

}  // namespace torntape::validator
