#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  auto const channel = m.transmission_identification.channel;
  auto const number = m.transmission_identification.sequence_number;
  if (number.empty() || number.find_first_not_of('0') != View::npos || m.conventions->channel_number_zero)
    return;
  if (site.profile == Profile::state && channel == "XYZ") return;
  found.add(number, "channel sequence number is zero, a series begins at 001");
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().copy_kind == CopyKind::web) return false;
  return draft.replace(draft.message().transmission_identification.sequence_number,
                       draft.message().profile == Profile::state ? random.pick("0000", "000") : "000");
}

}  // namespace

Rule fl1_06() {
  return {.id = "FL1-06",
          .name = "channel-serial-zero",
          .severities = "IWWWI",
          .kinds = "all",
          .when = has(Feature::number_of_zeros),
          .check = check,
          .violate = violate,
          .page = {.what = "The numbers of a channel begin at 001. Copies for the web database, on channel "
                           "XYZ, count from 0000.",
                   .why = "A zero on another channel comes from a counter that was reset; the receiver "
                          "cannot tell what it follows.",
                   .citation = "ACP 127(G) 112.b; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO0000"}};
}

}  // namespace torntape::validator
