#include <string>
#include <utility>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/nearest.hpp"

namespace torntape::validator {

namespace {

// The originator's own indicator, where it is one step from the damaged one.
std::string of_the_originator(Message const& m, Site const& site) {
  if (site.directory == nullptr || m.features.has(Feature::autodin_header)) return {};
  auto const* const station = site.directory->station_named(m.originator.plain_language_address);
  bool const near = station != nullptr && one_step_apart(m.origin.routing_indicator, station->indicator);
  return near ? station->indicator : std::string{};
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const indicator = m.origin.routing_indicator;
  if (!grammar::present(indicator)) return;
  if (auto fault = fault_of_indicator(indicator, m))
    found.add(indicator, std::move(fault->text), fault->at_most).suggest(of_the_originator(m, site));
}

bool violate(Draft& draft, Random& random) {
  if (!draft.message().page_marks.empty()) return false;  // they name the station and its serial too
  return draft.replace(draft.message().origin.routing_indicator,
                       random.pick("RT3AKV", "TBAKV", "RTBAKVKVX", "RTB"));
}

}  // namespace

Rule fl3_02() {
  return {.id = "FL3-02",
          .name = "de-indicator-form",
          .severities = "EEE--",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::calling_indicator_odd),
          .silences = {"FL3-10"},
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
