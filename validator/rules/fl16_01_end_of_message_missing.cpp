#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const& site, Findings& found) {
  if (m.features.has(Feature::cut_short)) return;
  auto const end = m.source.substr(m.source.size());
  if (site.archive) {
    found.add(end, "archive copy without NNNN");
    return;
  }
  // Where BT after the text is missing too, the text itself may have been cut off.
  auto const safety = line_of(m, FormatLine::fl13) == nullptr ? Safety::unsafe : Safety::safe;
  found.add(end, "no end of message, expected NNNN")
      .suggest("append `NNNN`", {insert_before(end, m.source.ends_with('\n') ? "NNNN\n" : "\nNNNN\n")},
               safety);
}

bool violate(Draft& draft, Random&) {
  if (is_direct_service(draft.message())) return false;
  return draft.erase_line(FormatLine::fl16);
}

}  // namespace

Rule fl16_01() {
  return {.id = "FL16-01",
          .name = "end-of-message-missing",
          .severities = "EEEEE",
          .kinds = "all;A=I",
          .mend = Safety::safe,
          .when = has(Feature::end_missing),
          .silences = {"FL11-01"},
          .check = check,
          .violate = violate,
          .page = {.what = "A message ends with NNNN.",
                   .why = "A relay goes on with the same message until it sees NNNN: without it the next one "
                          "is swallowed.",
                   .citation = "ACP 127(G) 114, 138.d",
                   .good = "NNNN",
                   .bad = ""}};
}

}  // namespace torntape::validator
