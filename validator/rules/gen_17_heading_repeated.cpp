#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const again = first(m, Feature::heading_repeated);
  auto const heading = again.starts_with("VZCZC");
  auto const* const before = line_of(m, heading ? FormatLine::fl1 : FormatLine::fl12);
  auto finding =
      found.add(again, heading ? "heading is printed again" : "opening of the text is printed again");
  if (before != nullptr) finding.note(before->text, "read from here");
}

// The opening line a second time, after the first one.
bool violate(Draft& draft, Random&) {
  auto const* const line = line_of(draft.message(), FormatLine::fl12);
  return line != nullptr && draft.insert_before(line->text, std::string{whole(*line)} + "\n");
}

}  // namespace

Rule gen_17() {
  return {.id = "GEN-17",
          .name = "heading-repeated",
          .severities = "I----",
          .kinds = "all",
          .when = has(Feature::heading_repeated),
          .check = check,
          .violate = violate,
          .page = {.what = "A heading, and the opening of the text, is printed once.",
                   .why = "Archives that join the sections of a message print its beginning twice; the first "
                          "is read, the other is kept as it is.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                           "\n"
                           "SIPDIS",
                   .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                          "\n"
                          "SIPDIS\n"
                          "\n"
                          "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                          "\n"
                          "SIPDIS"}};
}

}  // namespace torntape::validator
