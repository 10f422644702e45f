#include <algorithm>
#include <vector>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

bool is_member(Message const& m, Site const& site, View indicator) {
  return std::ranges::any_of(m.addressees, [&](auto const& addressee) {
    auto const* const addressed = collective(addressee, site);
    return addressed != nullptr &&
           std::ranges::find(addressed->members, indicator) != addressed->members.end();
  });
}

std::vector<View> others(std::vector<View> called, View indicator) {
  std::erase(called, indicator);
  return called;
}

void check(Message const& m, Site const& site, Findings& found) {
  if (site.directory == nullptr) return;
  auto const& called = m.routing_line.routing_indicators;
  for (auto const& addressee : m.addressees) {
    if (!addressee.other_means) continue;
    auto const* const station = site.directory->station_named(addressee.plain_language_address);
    if (station == nullptr) continue;
    auto const at = std::ranges::find(called, View{station->indicator});
    if (at == called.end() || addresses(m, *at) || is_member(m, site, *at)) continue;
    found.add(*at, "indicator serves only an addressee under ZEN")
        .note(whole_address(addressee), "served by other means")
        .suggest("take it out of the routing line", with_routing_indicators(m, others(called, *at)));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::origin || names_collective(m)) return false;
  std::vector<View> indicators;
  for (auto const& addressee : m.addressees)
    if (addressee.kind == AddresseeKind::info && calls(m, addressee.routing_indicator))
      indicators.push_back(addressee.routing_indicator);
  return !indicators.empty() && draft.replace(random.one_of(indicators), "ZEN");
}

}  // namespace

Rule x_13() {
  return {.id = "X-13",
          .name = "zen-in-routing-line",
          .severities = "WWWWI",
          .kinds = "O",
          .mend = Safety::unsafe,
          .when = has(Feature::other_means),
          .silences = {"FL2-13"},
          .check = check,
          .violate = violate,
          .page = {.what = "The routing line has no indicator that serves only an addressee under ZEN.",
                   .why = "That addressee is served by other means; the indicator brings it a second copy.",
                   .citation = "ACP 127(G) 206.b",
                   .good = "INFO RTBAKV/AMEMBASSY KARSTOVA PRIORITY 0512\n"
                           "RUEHNO/USMISSION USNATO PRIORITY 0344\n"
                           "RUEKJCS/JOINT STAFF WASHDC PRIORITY",
                   .bad = "INFO ZEN/AMEMBASSY KARSTOVA PRIORITY 0512\n"
                          "RUEHNO/USMISSION USNATO PRIORITY 0344\n"
                          "RUEKJCS/JOINT STAFF WASHDC PRIORITY"}};
}

}  // namespace torntape::validator
