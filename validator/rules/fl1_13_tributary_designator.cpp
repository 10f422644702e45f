#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr std::size_t fifth = 4;  // from 0

// As filed, the message is on the way from the tributary to its major relay. Later legs have other channels.
void check(Message const& m, Site const&, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  auto const station = m.origin.routing_indicator;
  if (channel.size() != 3 || station.size() < fifth + 2) return;
  auto const expected = station.substr(fifth, 2);
  if (channel.starts_with(expected)) return;
  found
      .add(channel.substr(0, 2),
           fmt::format("channel designator begins with {}, expected {}", channel.substr(0, 2), expected))
      .note(expected, "fifth and sixth letter of the tributary");
}

// A channel of the sample network that is of another station.
bool violate(Draft& draft, Random& random) {
  if (draft.message().copy_kind != CopyKind::origin) return false;
  return draft.replace(draft.message().transmission_identification.channel, random.pick("XRO", "ABI", "ACO"));
}

}  // namespace

Rule fl1_13() {
  return {
      .id = "FL1-13",
      .name = "tributary-designator",
      .severities = "---I-",
      .kinds = "O",
      .check = check,
      .violate = violate,
      .page = {.what = "On the way from a tributary to its major relay the channel designator is the "
                       "fifth and sixth letter of the tributary's indicator and a letter for the channel.",
               .why = "The relay finds by it whose count of numbers the transmission belongs to.",
               .citation = "NAVEDTRA 14226",
               .good = "VZCZCTRA093",
               .bad = "VZCZCXRO093"}};
}

}  // namespace torntape::validator
