#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const section = m.origin.section;
  if (!grammar::present(section)) return;
  if (m.profile != Profile::state)
    found.add(section, fmt::format("section suffix `{}`, expected none: each section has a serial of its own",
                                   section));
  else if (section == "00")
    found.add(section, "section 00, sections are counted from 01");
  else if (m.features.has(Feature::section_suffix_odd))
    found.add(section, fmt::format("section suffix is `{}`, expected two digits", section));
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().origin.section, random.pick("1", "00", "0I", "001"));
}

}  // namespace

Rule fl3_07() {
  return {
      .id = "FL3-07",
      .name = "section-suffix",
      .severities = "EWW--",
      .kinds = "all",
      .when = has(Feature::sectioned, Feature::section_suffix_odd),
      .silences = {"X-09"},
      .check = check,
      .violate = violate,
      .page = {
          .what =
              "The number of a section, behind a slant at the serial, has two digits, 01 to 99. State only.",
          .why = "The sections of a message have one serial; by this number they are put together again.",
          .citation = "observed in State headings 2001-2010",
          .good = "DE RTBAKV #0512/01 2310941",
          .bad = "DE RTBAKV #0512/1 2310941"}};
}

}  // namespace torntape::validator
