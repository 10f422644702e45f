#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// "EUC", "WNA" and "ABC" of "XRO093WNA114ABC 002": three letters and three digits each.
std::vector<View> channels_of(View chain) {
  std::vector<View> channels;
  while (chain.size() >= 6) {
    channels.push_back(chain.substr(0, 3));
    chain.remove_prefix(std::min(chain.size(), chain.find_first_of("0123456789")));
    chain.remove_prefix(std::min(chain.size(), chain.find_first_not_of("0123456789 ")));
  }
  return channels;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const own = m.transmission_identification.channel;
  for (auto const earlier : channels_of(m.transmission_identification.earlier)) {
    if (earlier != own) continue;
    found.add(earlier, fmt::format("the transmission has been on channel {} before", own))
        .note(own, "channel of this transmission");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().transmission_identification;
  return draft.insert_after(part.sequence_number,
                            fmt::format("{}{}071", random.pick("", "WNA114"), part.channel));
}

}  // namespace

Rule fl1_14() {
  return {
      .id = "FL1-14",
      .name = "number-chain",
      .severities = "-W---",
      .kinds = "all",
      .when = has(Feature::number_chain),
      .check = check,
      .violate = violate,
      .page = {.what = "The identifications of earlier legs follow that of this one, the newest first, and "
                       "none of them is on the same channel.",
               .why = "A channel that occurs twice shows that the message runs in a circle between relays.",
               .citation = "ACP 127(G) 311.c, 426.k",
               .good = "VZCZCXRO093WNA114",
               .bad = "VZCZCXRO093XRO071"}};
}

}  // namespace torntape::validator
