#include <algorithm>
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

// "RTBAKV115B", "RUEHTA#1399/01": where the serial begins that is glued to an indicator; npos where none is.
std::size_t glued_serial(Message const& m) {
  auto const indicator = m.origin.routing_indicator;
  auto const at = indicator.find_first_of("#0123456789");
  if (at == View::npos || grammar::present(m.origin.station_serial_number)) return View::npos;
  auto const digits =
      std::ranges::count_if(indicator.substr(at), [](char c) { return c >= '0' && c <= '9'; });
  return digits > 1 && !fault_of_indicator(indicator.substr(0, at), m) ? at : View::npos;
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const indicator = m.origin.routing_indicator;
  if (!grammar::present(indicator)) return;
  if (auto const at = glued_serial(m); at != View::npos) {
    found.add(indicator.substr(at), "no blank between the calling station and its serial")
        .suggest("insert a blank", {insert_before(indicator.substr(at), " ")});
    return;
  }
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
          .silences = {"FL3-10", "FL3-08"},
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
