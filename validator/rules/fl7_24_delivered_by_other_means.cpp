#include <vector>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (addressee.other_means) found.add(whole_address(addressee).substr(0, 3), "delivered by other means");
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin) return false;
  std::vector<View> indicators;
  for (auto const& addressee : m.addressees)
    if (!names_collective(m) || addressee.plain_language_address.starts_with("AM"))
      if (grammar::present(addressee.routing_indicator)) indicators.push_back(addressee.routing_indicator);
  return !indicators.empty() && draft.replace(random.one_of(indicators), "ZEN");
}

}  // namespace

Rule fl7_24() {
  return {.id = "FL7-24",
          .name = "delivered-by-other-means",
          .severities = "IIIII",
          .kinds = "all",
          .when = has(Feature::other_means),
          .check = check,
          .violate = violate,
          .page = {.what = "ZEN before a name says that the addressee is served by other means.",
                   .why = "Stations show the name to the other addressees and deliver nothing to it.",
                   .citation = "ACP 127(G) 206.b, Annex B; observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO ZEN/AMEMBASSY SEOUL PRIORITY 0866"}};
}

}  // namespace torntape::validator
