#include <algorithm>
#include <string>
#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/nearest.hpp"

namespace torntape::validator {

namespace {

View same(View indicator) { return indicator; }

// The routing line's own indicator one step away: what the damaged one was meant as.
View called_instead(Message const& m, View indicator) {
  auto const& called = m.routing_line.routing_indicators;
  auto const meant = nearest(indicator, called, same);
  auto const at = std::ranges::find(called, View{meant});
  return at == called.end() ? View{} : *at;
}

std::string meant(grammar::Addressee const& addressee, View called, Site const& site) {
  if (site.directory != nullptr) {
    if (auto const* const listed = site.directory->station_named(addressee.plain_language_address))
      return listed->indicator;
    auto const indicator_of = [](directory::Station const& station) { return View{station.indicator}; };
    return nearest(addressee.routing_indicator, site.directory->network().stations, indicator_of);
  }
  return std::string{called};
}

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const indicator = addressee.routing_indicator;
    if (!grammar::present(indicator)) continue;
    auto fault = fault_of_indicator(indicator, m);
    if (!fault) continue;
    // Tactical stations have no place in State headings: there a letter was lost before the U.
    if (site.profile == Profile::state && indicator.front() == 'U') fault->at_most = Severity::error;
    auto const called = called_instead(m, indicator);
    found.add(indicator, std::move(fault->text), fault->at_most)
        .note(called, "called by the routing line")
        .suggest(meant(addressee, called, site));
  }
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> indicators;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.routing_indicator.size() >= 6) indicators.push_back(addressee.routing_indicator);
  if (indicators.empty()) return false;
  // The first letter lost.
  auto const indicator = random.one_of(indicators);
  return draft.erase(indicator.substr(0, 1));
}

}  // namespace

Rule fl7_06() {
  return {.id = "FL7-06",
          .name = "addressee-indicator-form",
          .severities = "EEEEI",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::addressee_indicator_odd),
          .silences = {"FL7-27", "FL2-12", "FL2-13"},
          .check = check,
          .violate = violate,
          .page = {.what = "The indicator of an addressee has 4-7 letters, the first R or Q; fewer than five "
                           "are doubtful in a State heading.",
                   .why = "The station responsible for delivery is known by its indicator alone; a damaged "
                          "one names no station, or another one.",
                   .citation = "ACP 127(G) 206.a; observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO EUHUL/AMEMBASSY SEOUL PRIORITY 0866"}};
}

}  // namespace torntape::validator
