#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/routing.hpp"

namespace torntape::validator {

namespace {

bool is_member(Message const& m, Site const& site, View indicator) {
  return std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
    auto const* const group = collective(addressee, site);
    if (group == nullptr) return false;
    auto const in = [&](std::vector<std::string> const& members) {
      return std::ranges::find(members, indicator) != members.end();
    };
    return in(group->members) || in(group->info_members);
  });
}

// Who the members of a collective are is not known: any indicator may be one.
bool unknown_collective(Message const& m, Site const& site) {
  return std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
    return is_collective(addressee, site) && collective(addressee, site) == nullptr;
  });
}

// Only where another indicator is left to send the message to.
std::vector<Change> without(Message const& m, View indicator) {
  auto called = m.routing_line.routing_indicators;
  std::erase_if(called, [&](View each) { return each.data() == indicator.data(); });
  return with_routing_indicators(m, called);
}

void check(Message const& m, Site const& site, Findings& found) {
  if (m.addressees.empty() || unknown_collective(m, site)) return;
  for (auto const indicator : m.routing_line.routing_indicators) {
    auto const instructed = m.transmission_instructions.remarks.find(indicator) != View::npos;
    if (instructed || is_member(m, site, indicator)) continue;
    auto const served = std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
      return addressee.routing_indicator == indicator;
    });
    if (!served)
      found.add(indicator, fmt::format("{} serves no addressee of the message", indicator))
          .suggest(fmt::format("remove {}", indicator), without(m, indicator));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::origin || m.routing_line.routing_indicators.empty()) return false;
  auto const other = View{random.pick("RTCATR", "RTDASL", "RTFALP")};
  auto const& called = m.routing_line.routing_indicators;
  auto const of_its_relay = [&](View each) { return each.starts_with(other.substr(0, 4)); };
  // It would stand apart from others of its relay (FL2-06), or be a member.
  if (m.addressees.empty() || names_collective(m) || std::ranges::any_of(called, of_its_relay)) return false;
  auto const& line = m.lines[line_index(m, called.back())];
  if (line.text.size() + 1 + other.size() > m.conventions->routing_line_length) return false;
  return draft.insert_after(called.back(), fmt::format(" {}", other));
}

}  // namespace

Rule fl2_13() {
  return {.id = "FL2-13",
          .name = "origin-routing-without-addressee",
          .severities = "WWWW-",
          .kinds = "O",
          .mend = Safety::unsafe,
          .check = check,
          .violate = violate,
          .page = {.what = "As filed, every indicator of the routing line serves an addressee, a member of a "
                           "collective, or an instruction of FL4.",
                   .why = "The station gets a message that says nowhere that it is for it.",
                   .citation = "ACP 127(G) 204.c, 206.a",
                   .good = "OO RTBAKV RTBAMN RUEHC RUEHNO RUEKJCS",
                   .bad = "OO RTBAKV RTBAMN RTCATR RUEHC RUEHNO RUEKJCS"}};
}

}  // namespace torntape::validator
