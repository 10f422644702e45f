#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::doubled_blank, [&](View blanks) {
    found.add(blanks, fmt::format("{} spaces between groups, expected one", blanks.size()))
        .suggest("write one space", {replace(blanks, " ")});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  return draft.insert_after(random.pick(m.preamble.precedence, m.originator.prosign, m.origin.de),
                            random.pick(" ", "  "));
}

}  // namespace

Rule gen_04() {
  return {
      .id = "GEN-04",
      .name = "group-separation",
      .severities = "IWWEW",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::doubled_blank),
      .check = check,
      .violate = violate,
      .page = {
          .what = "Groups are parted by one space.",
          .why =
              "Relays that count positions or split at single spaces read an empty group between two spaces.",
          .citation = "ACP 127(G) 138.e",
          .good = "P 190938Z AUG 09",
          .bad = "P  190938Z AUG 09"}};
}

}  // namespace torntape::validator
