#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const words = m.text.classification;
  if (words == "UNCLASSIFIED")
    found.add(words, "UNCLASSIFIED is written out, expected UNCLAS").suggest("UNCLAS");
}

bool violate(Draft& draft, Random&) {
  auto const words = draft.message().text.classification;
  return words == "UNCLAS" && draft.replace(words, "UNCLASSIFIED");
}

}  // namespace

Rule fl12_04() {
  return {.id = "FL12-04",
          .name = "unclas-form",
          .severities = "IWWWI",
          .kinds = "all",
          .mend = Safety::safe,
          .check = check,
          .violate = violate,
          .page = {.what = "An unclassified text begins with UNCLAS.",
                   .why = "UNCLASSIFIED is the form of older copies; a station that looks for the word "
                          "UNCLAS alone does not find it.",
                   .citation = "ACP 127(G) 209.c",
                   .good = "ZNR UUUUU ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "UNCLAS SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "ZNR UUUUU ZZH\n"
                          "P 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "BT\n"
                          "UNCLASSIFIED SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
