#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::classification_not_spaced, [&](View where) {
    found.add(where, "classification is not written letter by letter").suggest(spelled(class_name(m)));
  });
}

bool violate(Draft& draft, Random&) {
  auto const words = draft.message().text.classification;
  if (words.find(' ') == View::npos) return false;
  return draft.replace(words, squeezed(words));
}

}  // namespace

Rule fl12_02() {
  return {
      .id = "FL12-02",
      .name = "classification-not-spaced",
      .severities = "WEEEW",
      .kinds = "all;A=I",
      .mend = Safety::safe,
      .when = has(Feature::classification_not_spaced),
      .check = check,
      .violate = violate,
      .page = {
          .what = "The words of a classified text are written letter by letter.",
          .why = "Spaced letters stand out from the text, and one garbled letter does not change the class.",
          .citation = "ACP 127(G) 209.a; observed in State headings 2001-2010",
          .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
          .bad = "CONFIDENTIAL SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
