#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::originator_repeated, [&](View where) {
    found.add(where, "second originator, expected one FM line").note(m.originator.prosign, "first one");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().originator.plain_language_address,
                            random.pick("\nFM AMEMBASSY OSTREVA", "\nFM USMISSION MERIDIAN"));
}

}  // namespace

Rule fl6_04() {
  return {.id = "FL6-04",
          .name = "several-from-lines",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::originator_repeated),
          .check = check,
          .violate = violate,
          .page = {.what = "A heading has one FM line; a readdressed one has one in each part.",
                   .why = "Of two originators nobody can say which one sends the message.",
                   .citation = "ACP 127(G) Annex B, 503.b(6)",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FM AMEMBASSY KARSTOVA\n"
                          "FM AMEMBASSY OSTREVA"}};
}

}  // namespace torntape::validator
