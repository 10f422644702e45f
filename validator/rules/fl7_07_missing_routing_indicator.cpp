#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::string indicator_of(View name, Site const& site) {
  if (site.directory == nullptr) return {};
  if (auto const* const station = site.directory->station_named(name)) return station->indicator;
  auto const* const titled = site.directory->collective_titled(name);
  return titled == nullptr ? std::string{} : titled->indicator;
}

void check(Message const& m, Site const& site, Findings& found) {
  // A service message has indicators for names (ACP 127(G) 405.c).
  if (m.form == grammar::MessageForm::service) return;
  each(m, Feature::addressee_indicator_missing, [&](View where) {
    if (is_address_indicating_group(where)) return;  // has none, ACP 127(G) 205.c
    auto finding = found.add(where, "addressee without a routing indicator");
    if (auto const indicator = indicator_of(where, site); !indicator.empty())
      finding.suggest(fmt::format("insert `{}/`", indicator), {insert_before(where, indicator + '/')});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin) return false;
  std::vector<View> fronts;
  for (auto const& addressee : m.addressees)
    if (addressee.plain_language_address.starts_with("AMEMBASSY ") &&
        grammar::present(addressee.routing_indicator))
      fronts.push_back(stretch(addressee.routing_indicator, addressee.separator));
  return !fronts.empty() && draft.erase(random.one_of(fronts));
}

}  // namespace

Rule fl7_07() {
  return {
      .id = "FL7-07",
      .name = "missing-routing-indicator",
      .severities = "IWWII",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::addressee_indicator_missing),
      .check = check,
      .violate = violate,
      .page = {.what = "An addressee carries the indicator of the station responsible for delivery, or ZEN.",
               .why = "A station without indicator is known by name only; joint and combined messages must "
                      "not leave that to the receiver.",
               .citation = "ACP 127(G) 206.a(1), Annex B; observed in State headings 2001-2010",
               .good = "INFO RUEHKO/AMEMBASSY TOKYO PRIORITY 1907",
               .bad = "INFO AMEMBASSY TOKYO PRIORITY 1907"}};
}

}  // namespace torntape::validator
