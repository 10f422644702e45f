#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

// On joined texts the suffix of the first section is left over.
Severity grade_of_one(Site const& site) {
  return site.copy_kind == CopyKind::web || site.archive ? Severity::info : Severity::warning;
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const suffix = m.origin.section;
  auto const label = m.text.section;
  if (!grammar::present(m.text.classification) || !grammar::present(m.origin.station_serial_number)) return;
  if (!grammar::present(label)) {
    if (number_of(suffix))
      found.add(suffix, "section after the serial number, none in the text", grade_of_one(site))
          .note(m.text.classification, "text without a section label");
  } else if (!grammar::present(suffix)) {
    found.add(label, "section in the text, none after the serial number", grade_of_one(site))
        .note(m.origin.station_serial_number, "station serial number");
  } else if (number_of(suffix) && number_of(suffix) != number_of(label)) {
    found.add(label, fmt::format("text is section {}, expected {}", label, suffix))
        .note(suffix, "section by the serial number");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!grammar::present(m.origin.section) || !grammar::present(m.text.section)) return false;
  return draft.replace(m.origin.section, random.pick("02", "07"));
}

}  // namespace

Rule x_09() {
  return {.id = "X-09",
          .name = "section-mismatch",
          .severities = "W----",
          .kinds = "all",
          .when = has(Feature::sectioned),
          .check = check,
          .violate = violate,
          .page = {.what = "The section after the station serial number is the section the text begins with.",
                   .why = "The addressee puts the sections together by the text, relays tell them apart by "
                          "FL3; where the two differ a section is lost.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "C O N F I D E N T I A L SECTION 02 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
