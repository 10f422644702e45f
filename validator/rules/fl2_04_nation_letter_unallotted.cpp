#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const& allotted = m.conventions->nation_letters;
  for (auto const indicator : m.routing_line.routing_indicators) {
    if (!indicator.starts_with('R') || indicator.size() < 2) continue;
    if (allotted.find(indicator[1]) != View::npos || fault_of_indicator(indicator, m)) continue;
    found.add(indicator.substr(1, 1),
              fmt::format("second letter {} of a routing indicator is allotted to nobody, expected one of {}",
                          indicator[1], allotted));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& called = draft.message().routing_line.routing_indicators;
  if (draft.message().copy_kind != CopyKind::relay || called.empty()) return false;
  // In the midst of its relay's indicators it would part them (FL2-06).
  auto const indicator = random.below(2) == 0 ? called.front() : called.back();
  return indicator.size() > 4 &&
         draft.replace(indicator.substr(1, 1), random.pick("J", "L", "M", "S", "V", "W"));
}

}  // namespace

Rule fl2_04() {
  return {.id = "FL2-04",
          .name = "nation-letter-unallotted",
          .severities = "WWWW-",
          .kinds = "all",
          .when = has(Feature::nation_letter_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The second letter of a worldwide routing indicator is one allotted to a nation "
                           "or a command; T is kept for made-up indicators.",
                   .why = "No station has such an indicator: it is a slip of the hand, and the message "
                          "strands at the first relay.",
                   .citation = "ACP 117 CAN-US SUPP-1(O)",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "PP RJEHBI RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
