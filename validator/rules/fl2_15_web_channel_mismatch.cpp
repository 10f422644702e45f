#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  auto const& called = m.routing_line.routing_indicators;
  auto const web = channel == "XYZ";
  for (auto const indicator : called) {
    auto const drop = is_web_drop(indicator, site);
    if (drop == web) continue;
    if (drop)
      found.add(indicator, fmt::format("copy for the web database on channel {}", channel), Severity::info)
          .note(channel, "the channel");
    else
      found.add(indicator, fmt::format("channel XYZ serves the web database only, not {}", indicator))
          .note(channel, "the channel");
    return;
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::web || m.routing_line.routing_indicators.empty()) return false;
  return draft.replace(m.routing_line.routing_indicators.front(), random.pick("RUEHC", "RTFANC", "RTDASL"));
}

}  // namespace

Rule fl2_15() {
  return {.id = "FL2-15",
          .name = "web-channel-mismatch",
          .severities = "W----",
          .kinds = "all",
          .when = has(Feature::web_copy),
          .beside_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "Copies on channel XYZ go to the web database alone: its indicator is the only "
                           "one in the routing line.",
                   .why = "A station called on that channel is not served by it, and a message for it is "
                          "lost without a trace.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "VZCZCXYZ0008\n"
                           "PP RUEHWEB",
                   .bad = "VZCZCXYZ0008\n"
                          "PP RUEHC"}};
}

}  // namespace torntape::validator
