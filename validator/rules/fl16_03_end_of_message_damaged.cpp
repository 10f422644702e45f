#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::end_odd, [&](View where) {
    found.add(where, fmt::format("end of message has {} letters, expected four", where.size()))
        .suggest("NNNN");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().end.nnnn, random.pick("NNN", "NNNNN"));
}

}  // namespace

Rule fl16_03() {
  return {.id = "FL16-03",
          .name = "end-of-message-damaged",
          .severities = "WWWWW",
          .kinds = "wire",
          .mend = Safety::safe,
          .when = has(Feature::end_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The end of a message is four letters N.",
                   .why = "A relay that counts to four does not see the end, and waits for the next one.",
                   .citation = "ACP 127(G) 114",
                   .good = "NNNN",
                   .bad = "NNN"}};
}

}  // namespace torntape::validator
