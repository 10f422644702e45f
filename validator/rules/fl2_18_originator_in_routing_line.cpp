#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const own = m.origin.routing_indicator;
  if (own.empty()) return;
  for (auto const indicator : m.routing_line.routing_indicators)
    if (same_indicator(indicator, own))
      found.add(indicator, "the calling station is among the stations called")
          .note(own, "the calling station");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::relay || m.routing_line.routing_indicators.size() < 2) return false;
  return draft.replace(m.routing_line.routing_indicators.front(), m.origin.routing_indicator);
}

}  // namespace

Rule fl2_18() {
  return {.id = "FL2-18",
          .name = "originator-in-routing-line",
          .severities = "I----",
          .kinds = "all",
          .when = has(Feature::own_station_called),
          .check = check,
          .violate = violate,
          .page = {.what = "The originator's own indicator may stand in the routing line: it may be a member "
                           "of its own collective.",
                   .why = "It explains why a station gets its own message back.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "PP RTBAKV RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
