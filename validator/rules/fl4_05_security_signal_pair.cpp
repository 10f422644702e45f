#include <string>

#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// The letter that goes with the class of the text; none where it has another or none at all.
char letter_of_text(Message const& m) {
  auto const name = class_name(m);
  if (name == "UNCLAS") return grammar::present(m.text.efto) ? 'E' : 'U';
  if (name == "CLEAR") return 'U';
  return name == "CONFIDENTIAL" || name == "SECRET" || name == "TOP SECRET" ? name.front() : '\0';
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& parts = m.transmission_instructions;
  auto const letter = class_letter(m);
  if (letter == '\0' || !grammar::present(parts.security_warning)) return;
  auto const expected = letter == 'U' ? View{"ZNR"} : View{"ZNY"};
  if (parts.security_warning == expected) return;
  auto const damaged = parts.security_warning != "ZNR" && parts.security_warning != "ZNY";
  auto finding = found.add(parts.security_warning, fmt::format("{} with class {}, expected {}",
                                                               parts.security_warning, letter, expected));
  finding.note(parts.designator, "class of the message");
  if (damaged) return static_cast<void>(finding.suggest(std::string{expected}));
  // Of two that are whole the text's own class tells which is wrong.
  auto const by_text = letter_of_text(m);
  if (by_text == '\0') return;
  finding.note(m.text.classification, "class of the text");
  if (by_text == letter)
    finding.suggest(std::string{expected});
  else if ((by_text == 'U') == (parts.security_warning == "ZNR"))
    finding.suggest("write the class of the text", {replace(parts.designator, std::string(5, by_text))});
}

bool violate(Draft& draft, Random& random) {
  auto const warning = draft.message().transmission_instructions.security_warning;
  if (random.below(3) == 0) return draft.replace(warning, random.pick("ZRN", "ZN", "ZNNY"));
  return draft.replace(warning, warning == "ZNR" ? "ZNY" : "ZNR");
}

}  // namespace

Rule fl4_05() {
  return {.id = "FL4-05",
          .name = "security-signal-pair",
          .severities = "EEEE-",
          .kinds = "all",
          .mend = Safety::unsafe,
          .silences = {"X-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "ZNR goes with class U, ZNY with every other class.",
                   .why = "ZNR lets a message pass in clear over any circuit: with a classified group it "
                          "invites the breach that the group forbids.",
                   .citation = "ACP 127(G) 124.b; observed in State headings 2001-2010",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNR CCCCC ZZH"}};
}

}  // namespace torntape::validator
