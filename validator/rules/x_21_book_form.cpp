#include <algorithm>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const& instructions = m.preamble.message_instructions;
  auto const book = std::ranges::find(instructions, View{"ZEX"});
  auto const info = std::ranges::find(m.addressees, AddresseeKind::info, &grammar::Addressee::kind);
  if (book == instructions.end() || info == m.addressees.end()) return;
  found.add(*book, "book message with information addressees").note(whole_address(*info), "first of them");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (!m.features.has(Feature::info_addressee)) return false;
  return draft.insert_after(m.preamble.year, " ZEX");
}

}  // namespace

Rule x_21() {
  return {.id = "X-21",
          .name = "book-form",
          .severities = "IWWWI",
          .kinds = "all",
          .when = has(Feature::message_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "A book message, marked ZEX in FL5, has action addressees only.",
                   .why = "Any copy of it may leave out the other addressees, so that nobody can rely on who "
                          "else is informed.",
                   .citation = "ACP 127(G) 206.c, 216; NAVEDTRA 14222",
                   .good = "P 190938Z AUG 09 ZEX\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                           "INFO",
                   .bad = "P 190938Z AUG 09 ZEX\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
