#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

std::vector<Change> with(Message const& m, View indicator) {
  auto called = m.routing_line.routing_indicators;
  called.insert(std::ranges::upper_bound(called, indicator), indicator);
  return with_routing_indicators(m, called);
}

bool exempted(Message const& m, directory::Station const* station) {
  return station != nullptr && std::ranges::any_of(m.exempted, [&](grammar::Exempted const& each) {
           return each.plain_language_address == station->name ||
                  each.routing_indicator == station->indicator;
         });
}

// The collective's own indicator goes to the relay that owns it; otherwise each member is called.
void check_members(Message const& m, Site const& site, grammar::Addressee const& addressee, Findings& found) {
  auto const* const group = collective(addressee, site);
  if (group == nullptr || calls(m, addressee.routing_indicator)) return;
  auto members = group->members;
  members.insert(members.end(), group->info_members.begin(), group->info_members.end());  // of an AIG
  for (View const member : members) {
    auto const* const station = site.directory->station(member);
    if (calls(m, member) || exempted(m, station) || member == m.origin.routing_indicator) continue;
    found
        .add(addressee.plain_language_address,
             fmt::format("member {} of the collective is not in the routing line", member))
        .note(m.routing_line.precedence, "the routing line")
        .suggest(fmt::format("add {}", member), with(m, member));
  }
}

void check(Message const& m, Site const& site, Findings& found) {
  if (m.routing_line.routing_indicators.empty()) return;
  for (auto const& addressee : m.addressees) {
    auto const indicator = addressee.routing_indicator;
    if (addressee.other_means) continue;
    if (is_collective(addressee, site)) {
      check_members(m, site, addressee, found);
    } else if (!indicator.empty() && !calls(m, indicator)) {
      found.add(indicator, fmt::format("addressee {} is not in the routing line", indicator))
          .note(m.routing_line.precedence, "the routing line")
          .suggest(fmt::format("add {}", indicator), with(m, indicator));
    }
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::origin || m.routing_line.routing_indicators.size() < 2) return false;
  auto const indicator = random.one_of(m.routing_line.routing_indicators);
  // The members of a collective may all be called beside it.
  auto const is_its_collective = [&](grammar::Addressee const& addressee) {
    return addressee.routing_indicator == indicator &&
           addressee.plain_language_address.ends_with("COLLECTIVE");
  };
  if (std::ranges::any_of(m.addressees, is_its_collective)) return false;
  return addresses(m, indicator) && draft.erase(group_with_its_blank(m, indicator));
}

}  // namespace

Rule fl2_12() {
  return {.id = "FL2-12",
          .name = "origin-addressee-not-routed",
          .severities = "EEEE-",
          .kinds = "O",
          .mend = Safety::unsafe,
          .check = check,
          .violate = violate,
          .page = {.what = "As filed, the routing line holds the indicator of every addressee, except those "
                           "served by other means, and of every member of a collective who is not exempted.",
                   .why = "Relays go by FL2 alone: an addressee whose indicator is not there gets nothing.",
                   .citation = "ACP 127(G) 206.a, 303.a(1), 303.b",
                   .good = "OO RTBAKV RTBAMN RUEHC RUEHNO RUEKJCS",
                   .bad = "OO RTBAKV RTBAMN RUEHNO RUEKJCS"}};
}

}  // namespace torntape::validator
