#include <string>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The nearest class, if the security warning says the same.
std::string meant(Message const& m) {
  auto const name = class_name(m);
  auto const letter = class_letter(m);
  return letter != '\0' && name.starts_with(letter) ? spelled(name) : std::string{};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::classification_odd, [&](View where) {
    found.add(where, "classification is garbled")
        .note(m.transmission_instructions.designator, "class of the security warning")
        .suggest(meant(m));
  });
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const words = m.text.classification;
  if (words.size() < 2 || m.form == grammar::MessageForm::service) return false;
  // A damaged word that stands alone is any word.
  auto const& line = m.lines[line_index(m, words)].text;
  if (words[1] != ' ' && line.size() == words.size()) return false;
  return draft.erase(words.substr(0, words[1] == ' ' ? 2 : 1));
}

}  // namespace

Rule fl12_03() {
  return {.id = "FL12-03",
          .name = "classification-garbled",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::classification_odd),
          .silences = {"X-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "The classification is spelt in full.",
                   .why = "A class with letters lost, doubled or run together may be read as another one.",
                   .citation = "ACP 127(G) 209.a; observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "CC O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
