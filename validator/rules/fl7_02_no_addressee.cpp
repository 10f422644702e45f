#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.form != grammar::MessageForm::plaindress) return;
  if (!m.addressees.empty() || m.features.has(Feature::cut_short)) return;
  found.add(place_for(m, FormatLine::fl8), "no addressee, expected TO and the action addressees");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin || m.addressees.empty()) return false;
  draft.erase_line(FormatLine::fl9);
  draft.erase_line(FormatLine::fl8);
  return draft.erase_line(FormatLine::fl7);
}

}  // namespace

Rule fl7_02() {
  return {.id = "FL7-02",
          .name = "no-addressee",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::addressee_missing),
          .silences = {"FL7-01", "GEN-12"},
          .check = check,
          .violate = violate,
          .page = {.what = "A heading has an addressee, under TO or INFO.",
                   .why = "Nobody receives a message that is addressed to nobody.",
                   .citation = "ACP 127(G) 144.b",
                   .good = "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "BT\n"
                           "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "FM AMEMBASSY KARSTOVA\n"
                          "BT\n"
                          "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
