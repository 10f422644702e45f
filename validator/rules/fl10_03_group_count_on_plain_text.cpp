#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const count = m.accounting.group_count;
  if (number_of(count) && grammar::present(m.text.classification))
    found.add(count, "group count before a plain text, expected before cipher groups only")
        .note(m.text.classification, "the text");
}

bool violate(Draft& draft, Random& random) {
  return draft.message().exempted.empty() &&
         draft.insert_after(end_of_list(draft.message()), random.pick("\nGR 12", "\nGR 9"));
}

}  // namespace

Rule fl10_03() {
  return {.id = "FL10-03",
          .name = "group-count-on-plain-text",
          .severities = "-WWWI",
          .kinds = "all",
          .when = has(Feature::accounting),
          .check = check,
          .violate = violate,
          .page = {.what = "GR and a count stand only before a text of countable cipher groups.",
                   .why = "Words of a plain text are not counted alike everywhere; a count on them only "
                          "calls forth queries.",
                   .citation = "ACP 127(G) 133, Annex B",
                   .good = "VZCZCXRO093\n"
                           "PP RTCAQB\n"
                           "DE RTBAKV 115 2310941\n"
                           "ZNR UUUUU\n"
                           "P 190938Z AUG 2009\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RTCAQB/AMEMBASSY QALARABAD\n"
                           "GR 4\n"
                           "BT\n"
                           "ABCDE FGHIJ KLMNO PQRST\n"
                           "BT\n"
                           "NNNN",
                   .bad = "VZCZCXRO093\n"
                          "PP RTCAQB\n"
                          "DE RTBAKV 115 2310941\n"
                          "ZNR UUUUU\n"
                          "P 190938Z AUG 2009\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RTCAQB/AMEMBASSY QALARABAD\n"
                          "GR 4\n"
                          "BT\n"
                          "UNCLAS\n"
                          "ABCDE FGHIJ KLMNO PQRST\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
