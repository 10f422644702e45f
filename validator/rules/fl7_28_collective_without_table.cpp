#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (is_group(addressee, site) && collective(addressee, site) == nullptr)
      found.add(addressee.plain_language_address, "members of this collective are not known here");
}

bool violate(Draft& draft, Random&) {
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.ends_with("COLLECTIVE"))
      return draft.replace(stretch(addressee.routing_indicator, addressee.plain_language_address),
                           "RTAAZX/NORTHERN DEMO COLLECTIVE");
  return false;
}

}  // namespace

Rule fl7_28() {
  return {.id = "FL7-28",
          .name = "collective-without-table",
          .severities = "IIIII",
          .kinds = "all",
          .needs_directory = true,
          .silences = {"FL7-26"},
          .check = check,
          .violate = violate,
          .page = {.what = "The membership of a collective that is addressed is known.",
                   .why = "It stands in a table, not in the message; without the table nobody here can say "
                          "who receives a copy.",
                   .citation = "5 FAH-2 H-231; ACP 127(G) 205.b",
                   .good = "INFO RUCNCIS/CIS COLLECTIVE PRIORITY",
                   .bad = "INFO RTAAZX/NORTHERN DEMO COLLECTIVE PRIORITY"}};
}

}  // namespace torntape::validator
