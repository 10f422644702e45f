#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// On the line of FL1; a second FL1 further down is another message (GEN-21).
void check(Message const& m, Site const&, Findings& found) {
  auto const own = m.transmission_identification.start;
  each(m, Feature::start_repeated, [&](View again) {
    if (!grammar::present(own) || line_index(m, again) != line_index(m, own)) return;
    found.add(again, "second start of message in one transmission").note(own, "the first");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().transmission_identification.sequence_number,
                            random.pick("VZCZC", " ZCZC", "ZCZC"));
}

}  // namespace

Rule fl1_02() {
  return {.id = "FL1-02",
          .name = "start-of-message-repeated",
          .severities = "EEEE-",
          .kinds = "wire",
          .when = has(Feature::start_repeated),
          .silences = {"FL1-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "ZCZC stands once in a transmission.",
                   .why = "An automatic relay begins a new message at every ZCZC: the first one is cut off "
                          "and logged as broken.",
                   .citation = "ACP 127(G) 202.c(1)(b)",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO0417VZCZC"}};
}

}  // namespace torntape::validator
