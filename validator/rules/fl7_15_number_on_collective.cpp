#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (grammar::present(addressee.message_continuity_number) && is_collective(addressee, site))
      found.add(addressee.message_continuity_number, "continuity number on a collective");
}

bool violate(Draft& draft, Random& random) {
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.ends_with("COLLECTIVE") &&
        !grammar::present(addressee.message_continuity_number))
      return draft.insert_after(line_text(draft.message(), addressee), random.pick(" 1837", " 0412"));
  return false;
}

}  // namespace

Rule fl7_15() {
  return {.id = "FL7-15",
          .name = "number-on-collective",
          .severities = "I---I",
          .kinds = "all",
          .when = has(Feature::numbered_collective),
          .beside_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "Continuity numbers stand at posts and offices; a collective seldom has one.",
                   .why = "A collective has no station that could count the numbers.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RUCNCIS/CIS COLLECTIVE PRIORITY",
                   .bad = "INFO RUCNCIS/CIS COLLECTIVE PRIORITY 1837"}};
}

}  // namespace torntape::validator
