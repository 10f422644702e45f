#include <utility>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  auto const indicator = m.origin.routing_indicator;
  if (!grammar::present(indicator)) return;
  if (auto fault = fault_of_indicator(indicator, site.profile))
    found.add(indicator, std::move(fault->text), fault->at_most);
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().origin.routing_indicator,
                       random.pick("RT3AKV", "TBAKV", "RTBAKVKVX",
                                   draft.message().profile == Profile::state ? "RTBA" : "RTB"));
}

}  // namespace

Rule fl3_02() {
  return {.id = "FL3-02",
          .name = "de-indicator-form",
          .severities = "EEE--",
          .kinds = "all",
          .when = has(Feature::calling_indicator_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The calling station is named by its routing indicator: four to seven letters, "
                           "the first R or Q.",
                   .why = "Service messages about the transmission go to this indicator; one that cannot be "
                          "read reaches nobody.",
                   .citation = "ACP 127(G) 116; NAVEDTRA 14226",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RT3AKV #0512/01 2310941"}};
}

}  // namespace torntape::validator
