#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  if (channel.size() != 3) return;
  if (auto const at = channel.find_first_of("HU"); at != View::npos)
    found.add(channel.substr(at, 1),
              fmt::format("{0} in the channel designator, easily taken for the prosign {0}{0}", channel[at]));
}

// The channel of a tributary of the sample network.
bool violate(Draft& draft, Random&) {
  return draft.replace(draft.message().transmission_identification.channel, "ULO");
}

}  // namespace

Rule fl1_04() {
  return {.id = "FL1-04",
          .name = "channel-designator-h-or-u",
          .severities = "-IIII",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "The letters H and U are better avoided in a channel designator.",
                   .why = "The security prosigns HH and UU stand on the same line: an operator may take the "
                          "one for the other.",
                   .citation = "ACP 127(G) 203.e",
                   .good = "VZCZCXRO093",
                   .bad = "VZCZCULO093"}};
}

}  // namespace torntape::validator
