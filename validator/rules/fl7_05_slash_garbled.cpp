#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::slash_garbled, [&](View where) {
    found.add(where, fmt::format("`{}` between routing indicator and name, expected a slant", where))
        .suggest("/");
  });
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> slants;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.routing_indicator.size() >= 5 && addressee.plain_language_address.starts_with("AM"))
      slants.push_back(addressee.separator);
  if (slants.empty()) return false;
  return draft.replace(random.one_of(slants), random.pick(")", "-", " ", "."));
}

}  // namespace

Rule fl7_05() {
  return {.id = "FL7-05",
          .name = "slash-garbled",
          .severities = "EEEE-",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::slash_garbled),
          .silences = {"FL7-06", "FL7-07", "FL7-25", "FL7-26", "FL7-27"},
          .check = check,
          .violate = violate,
          .page = {.what = "It is a slant, and no other character, that stands between the indicator of an "
                           "addressee and its plain language address.",
                   .why = "With another character there the indicator is not found, and its station does not "
                          "know that the message is for it.",
                   .citation = "ACP 127(G) Annex B; observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL)AMEMBASSY SEOUL PRIORITY 0866"}};
}

}  // namespace torntape::validator
