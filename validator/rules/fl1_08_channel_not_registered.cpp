#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool of_a_circuit(View channel, directory::Network const& network) {
  return std::ranges::any_of(network.circuits, [&](directory::Circuit const& circuit) {
    return circuit.out_channel == channel || circuit.in_channel == channel;
  });
}

// The last two letters of the station's indicator and the direction.
bool of_a_tributary(View channel, directory::Network const& network) {
  return std::ranges::any_of(network.stations, [&](directory::Station const& station) {
    return View{station.indicator}.ends_with(channel.substr(0, 2));
  });
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  if (channel.size() != 3 || site.copy_kind == CopyKind::web) return;
  auto const& network = site.directory->network();
  if (network.circuits.empty() || of_a_circuit(channel, network) || of_a_tributary(channel, network)) return;
  found.add(channel, fmt::format("channel {} is no channel of the network", channel));
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().copy_kind == CopyKind::web) return false;
  return draft.replace(draft.message().transmission_identification.channel, random.pick("QQO", "YYI", "QKO"));
}

}  // namespace

Rule fl1_08() {
  return {.id = "FL1-08",
          .name = "channel-not-registered",
          .severities = "WWWW-",
          .kinds = "wire",
          .needs_directory = true,
          .check = check,
          .violate = violate,
          .page = {.what = "The channel designator is one of the circuits the network file names, or of a "
                           "station to its relay.",
                   .why = "A station answers for numbers on the channels it has; a transmission on another "
                          "one came by a way nobody keeps the count of.",
                   .citation = "ACP 127(G) 112",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCQQO0417"}};
}

}  // namespace torntape::validator
