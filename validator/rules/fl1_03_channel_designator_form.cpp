#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

bool three_letters(View channel) {
  return channel.size() == 3 && std::ranges::all_of(channel, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const channel = first(m, Feature::channel_odd);
  if (channel.starts_with(m.transmission_identification.channel) && channel.find(' ') == 3) {
    auto const gap = channel.substr(3, channel.find_first_not_of(' ', 3) - 3);
    found.add(gap, "blank between the channel designator and its number")
        .suggest("close the gap", {erase(gap)});
    return;
  }
  if (!three_letters(channel)) {
    found.add(channel, fmt::format("channel designator is `{}`, expected three letters", channel));
    return;
  }
  if (site.profile != Profile::state || View{"IOZ"}.find(channel.back()) != View::npos) return;
  found.add(channel.substr(2),
            fmt::format("channel designator ends in {}, expected I, O or Z", channel.back()),
            Severity::warning);
}

// A copy on another channel than XYZ is none for the web database, and reads otherwise.
bool violate(Draft& draft, Random& random) {
  if (draft.message().copy_kind == CopyKind::web) return false;
  // ACP 127(G) 202.c leaves a blank behind the designator.
  if (draft.message().profile != Profile::acp127 && random.below(3) == 0)
    return draft.insert_after(draft.message().transmission_identification.channel, " ");
  return draft.replace(
      draft.message().transmission_identification.channel,
      random.pick("X4O", draft.message().profile == Profile::state ? "XRA" : "X4A", "ABOI", "3RO"));
}

}  // namespace

Rule fl1_03() {
  return {.id = "FL1-03",
          .name = "channel-designator-form",
          .severities = "EEEEI",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::channel_odd),
          .silences = {"FL1-08"},
          .check = check,
          .violate = violate,
          .page = {.what = "The channel designator has three letters; on State circuits the third is the "
                           "direction: I in, O out, or the Z of a copy for the web database.",
                   .why = "The designator tells the receiver which channel's count the number belongs to; "
                          "one that cannot be read breaks the count.",
                   .citation = "ACP 127(G) 112.a, 202.f; 5 FAH-2 H-321.1",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCX4O0417"}};
}

}  // namespace torntape::validator
