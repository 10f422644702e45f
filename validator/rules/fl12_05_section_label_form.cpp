#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

bool is_possible(Message const& m) {
  auto const n = number_of(m.text.section);
  auto const all = number_of(m.text.sections);
  return n && all && *n >= 1 && *n <= *all && *all >= 2;
}

// One of one: odd, but nothing is missing.
bool is_the_only_one(Message const& m) {
  return number_of(m.text.section) == 1U && number_of(m.text.sections) == 1U;
}

// The station's own number of the section, where it fits.
std::vector<Change> of_the_calling_station(Message const& m) {
  auto const n = number_of(m.origin.section);
  auto const all = number_of(m.text.sections);
  if (!n || !all || *n < 1 || *n > *all || *all < 2) return {};
  return {replace(m.text.section, std::string{m.origin.section})};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::section_label_odd, [&](View where) {
    if (is_possible(m))
      found.add(where, "section label is misspelt", Severity::warning)
          .suggest(fmt::format("SECTION {} OF {}", m.text.section, m.text.sections));
    else if (is_the_only_one(m))
      found.add(where, "section label on a message of one section", Severity::warning);
    else
      found.add(where, fmt::format("there is no section {} of {}", m.text.section, m.text.sections))
          .note(m.origin.section, "section by the station serial number")
          .suggest("write the section of the station serial number", of_the_calling_station(m));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().text;
  auto const line = part.section;
  if (!grammar::present(line) || part.sections.data() == line.data()) return false;
  switch (random.below(3)) {
    case 0:
      return draft.replace(part.section, "09");
    case 1:  // SETION 01 OF 02
      return draft.erase({part.section.data() - 6, 1});
    default:  // SECTION 01 GF 02
      return draft.replace({part.sections.data() - 3, 1}, "G");
  }
}

}  // namespace

Rule fl12_05() {
  return {.id = "FL12-05",
          .name = "section-label-form",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::section_label_odd),
          .silences = {"X-09", "X-12"},
          .check = check,
          .violate = violate,
          .page = {.what = "A section is labelled SECTION n OF m, n from 1 to m, m at least 2.",
                   .why = "The addressee puts the sections together by these numbers and asks for the one "
                          "that is missing.",
                   .citation = "ACP 127(G) 208.e(2); observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "C O N F I D E N T I A L SECTION 03 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
