#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool has(Message const& m, AddresseeKind kind) {
  return std::ranges::find(m.addressees, kind, &grammar::Addressee::kind) != m.addressees.end();
}

void check(Message const& m, Site const&, Findings& found) {
  if (m.addressees.empty()) return;
  if (!has(m, AddresseeKind::info))
    found.add(m.preamble.info_precedence, "second precedence on a message without information addressees");
  else if (!has(m, AddresseeKind::action))
    found.add(m.preamble.info_precedence, "second precedence on a message without action addressees");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin || !m.exempted.empty() || m.preamble.precedence == "R" ||
      grammar::present(m.preamble.info_precedence))
    return false;
  return draft.erase_line(FormatLine::fl8) && draft.insert_after(draft.message().preamble.precedence, " R");
}

}  // namespace

Rule x_06() {
  return {.id = "X-06",
          .name = "dual-precedence-use",
          .severities = "IWWWI",
          .kinds = "all",
          .when = has(Feature::dual_precedence),
          .check = check,
          .violate = violate,
          .page = {.what = "Two precedences stand on a message that has action and information addressees.",
                   .why = "The second one is for information addressees; without them, or without action "
                          "addressees, it means nothing.",
                   .citation = "ACP 127(G) 152.a; observed in State headings 2001-2010",
                   .good = "P R 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "INFO RTBAOS/AMEMBASSY OSTREVA 0311",
                   .bad = "P R 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "RTBAOS/AMEMBASSY OSTREVA 0311\n"
                          "INFO"}};
}

}  // namespace torntape::validator
