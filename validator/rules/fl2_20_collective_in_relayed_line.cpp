#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// The relay that sends on this channel, where the directory has the circuit.
View sender(View channel, directory::Network const& network) {
  for (auto const& circuit : network.circuits) {
    if (circuit.out_channel == channel) return circuit.first;
    if (circuit.in_channel == channel) return circuit.second;
  }
  return {};
}

// Towards its owner a collective's indicator is in its place.
void check(Message const& m, Site const& site, Findings& found) {
  if (site.copy_kind == CopyKind::origin) return;
  auto const from = sender(m.transmission_identification.channel, site.directory->network());
  for (auto const indicator : m.routing_line.routing_indicators) {
    auto const* const group = site.directory->collective(indicator);
    if (group == nullptr || from.empty() || group->owner != from) continue;
    found
        .add(indicator,
             fmt::format("collective {} was not expanded by its relay {}", indicator, group->owner))
        .note(m.transmission_identification.channel, "sent by that relay");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.copy_kind != CopyKind::relay || m.routing_line.routing_indicators.empty()) return false;
  // From the relay that owns them all.
  constexpr std::array<View, 5> channels{"XRO", "ABO", "ACO", "ADO", "AFO"};
  if (std::ranges::find(channels, m.transmission_identification.channel) == channels.end()) return false;
  auto const other = View{random.pick("RUCNCLS", "RUEHZL", "RUCNCIS")};
  auto const& called = m.routing_line.routing_indicators;
  auto const of_its_relay = [&](View each) { return each.starts_with(other.substr(0, 4)); };
  if (std::any_of(called.begin() + 1, called.end(), of_its_relay)) return false;  // FL2-06
  return draft.replace(called.front(), other);
}

}  // namespace

Rule fl2_20() {
  return {
      .id = "FL2-20",
      .name = "collective-in-relayed-line",
      .severities = "WWWW-",
      .kinds = "wire",
      .needs_directory = true,
      .check = check,
      .violate = violate,
      .page = {.what = "The relay that owns a collective puts its members in place of its indicator.",
               .why = "Beyond that relay nobody knows the members: the copies meant for them are not made.",
               .citation = "ACP 117 CAN-US SUPP-1(O); judgement of this project",
               .good = "PP RUEHBI RUEHCI RUEHDBU",
               .bad = "PP RUCNCLS RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
