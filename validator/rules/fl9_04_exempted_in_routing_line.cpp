#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

View indicator_of(grammar::Exempted const& exempted, Site const& site) {
  if (grammar::present(exempted.routing_indicator)) return exempted.routing_indicator;
  if (site.directory == nullptr) return {};
  auto const* const station = site.directory->station_named(exempted.plain_language_address);
  return station == nullptr ? View{} : View{station->indicator};
}

std::vector<View> others(std::vector<View> called, View indicator) {
  std::erase(called, indicator);
  return called;
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const& called = m.routing_line.routing_indicators;
  for (auto const& exempted : m.exempted) {
    auto const indicator = indicator_of(exempted, site);
    auto const at = std::ranges::find(called, indicator);
    if (at == called.end() || addresses(m, indicator)) continue;
    found.add(*at, "indicator of an exempted station in the routing line")
        .note(exempted.plain_language_address, "exempted here")
        .suggest("take it out of the routing line", with_routing_indicators(m, others(called, indicator)));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const& called = m.routing_line.routing_indicators;
  if (!names_collective(m) || !m.exempted.empty() || called.empty()) return false;
  auto const indicator = std::string{random.one_of(called)};
  if (addresses(m, indicator)) return false;
  return draft.insert_after(end_of_list(m), fmt::format("\nXMT {}/EXAMPLE POST", indicator));
}

}  // namespace

Rule fl9_04() {
  return {
      .id = "FL9-04",
      .name = "exempted-in-routing-line",
      .severities = "EEEEI",
      .kinds = "OR",
      .mend = Safety::unsafe,
      .when = has(Feature::exempted),
      .silences = {"FL2-13"},
      .check = check,
      .violate = violate,
      .page = {.what = "The indicator of an exempted station is not in the routing line, unless it serves "
                       "another addressee.",
               .why = "A relay delivers to every indicator of the routing line, whatever the address says.",
               .citation = "ACP 127(G) 205.b, 221",
               .good = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                       "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                       "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                       "XMT AMCONSUL MIRZAGRAD",
               .bad = "INFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
                      "RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY\n"
                      "RTCAQB/AMEMBASSY QALARABAD PRIORITY 0127\n"
                      "XMT DEMO POST LH"}};
}

}  // namespace torntape::validator
