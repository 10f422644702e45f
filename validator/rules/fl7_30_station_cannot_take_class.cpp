#include "directory/classification.hpp"
#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

using directory::Class;

void check(Message const& m, Site const& site, Findings& found) {
  auto const own = directory::class_of(class_letter(m));
  if (!own || *own == Class::unclassified) return;
  for (auto const& addressee : m.addressees) {
    auto const* const station = site.directory->station(addressee.routing_indicator);
    if (station != nullptr && station->cleared_to < *own)
      found.add(addressee.routing_indicator, "station is not cleared for the class of the message")
          .note(m.transmission_instructions.designator, "class of the message");
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin || class_letter(m) == '\0' || class_letter(m) == 'U') return false;
  for (auto const& addressee : m.addressees)
    if (addressee.plain_language_address.starts_with("AMEMBASSY "))
      return draft.replace(stretch(addressee.routing_indicator, addressee.plain_language_address),
                           "RTDAPW/AMCONSUL PORT WILLOW");
  return false;
}

}  // namespace

Rule fl7_30() {
  return {.id = "FL7-30",
          .name = "station-cannot-take-class",
          .severities = "IWWWI",
          .kinds = "all",
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "A message goes to stations only that may take its class.",
                   .why = "A station that is not cleared for it has to refuse or destroy the message.",
                   .citation = "ACP 117 CAN-US SUPP-1(O); observed in State headings 2001-2010",
                   .good = "INFO RTDASL/AMEMBASSY SOLENTO ISLANDS PRIORITY 0045",
                   .bad = "INFO RTDAPW/AMCONSUL PORT WILLOW PRIORITY 0045"}};
}

}  // namespace torntape::validator
