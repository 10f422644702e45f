#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

constexpr View start = "VZCZC";

// "VZCZC XRO0417": the start is there, but not in one string.
void broken_string(Message const& m, View place, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  auto finding = found.add(place, "start of message and channel designator are not one string");
  if (channel.empty()) return;
  auto const* const end = place.data() + place.size();
  View const gap{end, static_cast<std::size_t>(channel.data() - end)};
  finding.suggest("close the gap", {erase(gap)});
}

void check(Message const& m, Site const&, Findings& found) {
  if (m.features.has(Feature::start_missing)) {
    found.add(place_for(m, FormatLine::fl1),
              "transmission identification (FL1: VZCZC, channel, number) is missing");
    return;
  }
  auto const place = first(m, Feature::start_odd);
  if (place == start) return broken_string(m, place, found);
  auto text = place.empty() ? std::string{"start of message is missing, expected VZCZC"}
                            : fmt::format("start of message is `{}`, expected VZCZC", place);
  found.add(place, std::move(text)).suggest(std::string{start});
}

bool violate(Draft& draft, Random& random) {
  // An AUTODIN header without it is taken for matter before the message, which then begins at FL5.
  if (draft.message().features.has(Feature::autodin_header)) return false;
  return draft.replace(draft.message().transmission_identification.start,
                       random.pick("ZCZC", "VZCZ", "ZC", "VCZC", "VZCZC "));
}

}  // namespace

Rule fl1_01() {
  return {.id = "FL1-01",
          .name = "start-of-message-missing",
          .severities = "EEEEI",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::start_missing, Feature::start_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "A transmission begins with V and the start-of-message indicator ZCZC, in one "
                           "string with the channel designator and number.",
                   .why = "The relay's equipment wakes at ZCZC; what comes without it is not received.",
                   .citation = "ACP 127(G) 127, 128, 202.c; 5 FAH-2 H-321.1",
                   .good = "VZCZCXRO0417",
                   .bad = "ZCXRO0417"}};
}

}  // namespace torntape::validator
