#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/nearest.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const indicator : m.routing_line.routing_indicators) {
    if (fault_of_indicator(indicator, m) || is_web_drop(indicator, site)) continue;
    if (known(indicator, *site.directory)) continue;
    found.add(indicator, fmt::format("routing indicator {} is not in the directory", indicator))
        .suggest(nearest(indicator, site.directory->network().stations, &directory::Station::indicator));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::relay || m.routing_line.routing_indicators.empty()) return false;
  auto const other = View{random.pick("RUHEBI", "RUEHBX", "RUQHBI")};
  auto const& called = m.routing_line.routing_indicators;
  auto const of_its_relay = [&](View each) { return each.starts_with(other.substr(0, 4)); };
  if (std::any_of(called.begin() + 1, called.end(), of_its_relay)) return false;  // FL2-06
  return draft.replace(called.front(), other);
}

}  // namespace

Rule fl2_11() {
  return {.id = "FL2-11",
          .name = "unknown-routing-indicator",
          .severities = "IIIII",
          .kinds = "all",
          .mend = Safety::unsafe,
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "Every indicator of the routing line is in the directory, or begins with a prefix "
                           "that a relay of it serves.",
                   .why = "Nobody in the network is known to answer to it; it may be a slip, or the "
                          "directory may be old.",
                   .citation = "ACP 127(G) 204.a",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "PP RUHEBI RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
