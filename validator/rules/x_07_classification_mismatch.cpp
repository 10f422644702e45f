#include <fmt/format.h>

#include "grammar/glossary.hpp"
#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// Whether a text of this class goes under this letter. The mark E F T O may be lost, but not invented.
bool agree(char letter, View name, bool efto) {
  switch (letter) {
    case 'U':
      return (name == "UNCLAS" && !efto) || name == "CLEAR";
    case 'E':
      return name == "UNCLAS" || name == "LIMITED OFFICIAL USE";
    case 'R':
      return name == "RESTRICTED";
    case 'C':
      // 5 FAH-2 knows no letter of its own for these two.
      return name == "CONFIDENTIAL" || name == "RESTRICTED" || name == "LIMITED OFFICIAL USE";
    case 'S':
      return name == "SECRET";
    case 'T':
      return name == "TOP SECRET";
    default:
      return true;
  }
}

void check(Message const& m, Site const&, Findings& found) {
  auto const letter = class_letter(m);
  auto const name = class_name(m);
  if (letter == '\0' || name.empty() || agree(letter, name, grammar::present(m.text.efto))) return;
  found
      .add(m.text.classification,
           fmt::format("text is {}, security warning says {}", name, grammar::classification_of(letter)))
      .note(m.transmission_instructions.designator, "security warning");
}

bool violate(Draft& draft, Random&) {
  if (class_letter(draft.message()) == '\0' || !draft.message().page_marks.empty()) return false;
  auto const other = class_name(draft.message()) == "SECRET" ? View{"CONFIDENTIAL"} : View{"SECRET"};
  return draft.replace(draft.message().text.classification, spelled(other));
}

}  // namespace

Rule x_07() {
  return {.id = "X-07",
          .name = "classification-mismatch",
          .severities = "EEWWE",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "The class of the security warning is the class of the text.",
                   .why = "Relays go by the warning: a lower one sends a classified text over a circuit that "
                          "is not approved for it. Or the text belongs to another heading.",
                   .citation = "ACP 127(G) 124.b, 203.a, 209; observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "S E C R E T SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
