#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const prosign = m.transmission_identification.security_prosign;
  auto const warning = m.transmission_instructions.security_warning;
  auto const conflict = (prosign == "UU" && warning == "ZNY") || (prosign == "HH" && warning == "ZNR");
  if (!conflict) return;
  found
      .add(prosign, fmt::format("{} in FL1 contradicts {} in FL4, expected {}", prosign, warning,
                                prosign == "UU" ? "HH" : "UU"))
      .note(warning, "security warning");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const classified = m.transmission_instructions.security_warning == "ZNY";
  return draft.insert_after(m.transmission_identification.sequence_number,
                            classified ? "     UU" : "     HH");
}

}  // namespace

Rule fl1_09() {
  return {
      .id = "FL1-09",
      .name = "security-prosign-conflict",
      .severities = "-E---",
      .kinds = "all",
      .check = check,
      .violate = violate,
      .page = {
          .what = "UU stands in FL1 only with a ZNR in FL4 or with no warning at all, HH never with a ZNR.",
          .why = "A relay chooses the circuits by either of them; a classified message may go out over one "
                 "that is not approved.",
          .citation = "ACP 127(G) 124, 203.b",
          .good = "VZCZCXRO093     UU",
          .bad = "VZCZCXRO093     HH"}};
}

}  // namespace torntape::validator
