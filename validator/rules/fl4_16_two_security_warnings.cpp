#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::second_warning, [&](View where) {
    found.add(where, "second security warning, expected one")
        .note(m.transmission_instructions.security_warning, "first one");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(end_of_instructions(draft.message()), random.pick(" ZNY SSSSS", " ZNR UUUUU"));
}

}  // namespace

Rule fl4_16() {
  return {.id = "FL4-16",
          .name = "two-security-warnings",
          .severities = "WWWW-",
          .kinds = "all",
          .when = has(Feature::second_warning),
          .check = check,
          .violate = violate,
          .page = {.what = "FL4 holds one security warning.",
                   .why = "A second one means that lines of two messages have run together, and nobody can "
                          "say which class is meant.",
                   .citation = "ACP 127(G) 203.d; judgement of this project",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNY CCCCC ZZH ZNY SSSSS"}};
}

}  // namespace torntape::validator
