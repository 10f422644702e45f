#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// Nations of the release codes other than the two, by the second letter of an indicator.
bool is_other_nation(View indicator) {
  return indicator.size() > 1 && View{"ACOXZ"}.find(indicator[1]) != View::npos;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const handling = m.transmission_instructions.special_handling;
  if (handling != "FFFFF") return;
  for (auto const& addressee : m.addressees)
    if (is_other_nation(addressee.routing_indicator))
      found
          .add(addressee.routing_indicator,
               "addressee of another nation on a message for U.S. and U.K. eyes only")
          .note(handling, "eyes only");
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin || m.addressees.empty() ||
      grammar::present(m.transmission_instructions.special_handling))
    return false;
  auto const indicator = random.pick("RCXXXX", "RAXXXX", "RZXXXX");
  return draft.replace(m.addressees.back().routing_indicator, indicator) &&
         draft.insert_after(draft.message().transmission_instructions.designator, "/FFFFF");
}

}  // namespace

Rule fl4_18() {
  return {
      .id = "FL4-18",
      .name = "eyes-only-address",
      .severities = "EEEE-",
      .kinds = "all",
      .when = has(Feature::handling_designator),
      .check = check,
      .violate = violate,
      .page = {
          .what = "A message under /FFFFF, U.S. and U.K. eyes only, is addressed to U.S. and U.K. indicators "
                  "only.",
          .why = "Any other addressee may not see it; a relay that obeys the address breaks the handling.",
          .citation = "ACP 117 CAN-US SUPP-1(O)",
          .good = "ZNY CCCCC/FFFFF ZZH\n"
                  "P 190938Z AUG 09\n"
                  "FM AMEMBASSY KARSTOVA\n"
                  "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                  "RBXXXX/EXAMPLE HEADQUARTERS PRIORITY",
          .bad = "ZNY CCCCC/FFFFF ZZH\n"
                 "P 190938Z AUG 09\n"
                 "FM AMEMBASSY KARSTOVA\n"
                 "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                 "RCXXXX/EXAMPLE HEADQUARTERS PRIORITY"}};
}

}  // namespace torntape::validator
