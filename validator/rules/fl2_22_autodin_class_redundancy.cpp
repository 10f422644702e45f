#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

// Letters that stand for a class in FL4 as in the header.
bool is_class(char letter) { return View{"UERCST"}.find(letter) != View::npos; }

void check(Message const& m, Site const&, Findings& found) {
  auto const& part = m.routing_line;
  auto const letter = class_letter(m);
  auto const redundant = first(m, Feature::autodin_class_differs);
  // Out of place, it is told of by its position (FL2-21).
  if (grammar::present(redundant) && redundant.empty() && m.features.has(Feature::autodin_positions_odd))
    return;
  if (grammar::present(redundant)) {
    found
        .add(redundant, fmt::format("class is `{}`, expected four times the letter of position 4", redundant))
        .note(part.classification, "position 4");
  } else if (part.classification.size() == 1 && is_class(letter) && is_class(part.classification.front()) &&
             part.classification.front() != letter) {
    found
        .add(part.classification,
             fmt::format("class {}, expected the {} of FL4", part.classification, letter))
        .note(m.transmission_instructions.designator, "security group");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().routing_line;
  return draft.replace(part.classification_redundancy, random.pick("UUUC", "CCCC", "UUCU"));
}

}  // namespace

Rule fl2_22() {
  return {.id = "FL2-22",
          .name = "autodin-class-redundancy",
          .severities = "---E-",
          .kinds = "all",
          .when = has(Feature::autodin_header),
          .check = check,
          .violate = violate,
          .page = {.what = "The class stands in position 4, four times in positions 30 to 33, and in the "
                           "security group of FL4, and it is the same.",
                   .why = "A switch compares them before it sends a message to a station; where they differ "
                          "it rejects the message.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "PTTUZYUW RTCATRM0512 2310941-UUUC--RTBAOSC."}};
}

}  // namespace torntape::validator
