#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

Precedence rank(View letter) {
  return letter.size() == 1 ? grammar::precedence_of_letter(letter.front()) : Precedence::none;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const action = rank(m.preamble.precedence);
  auto const info = rank(m.preamble.info_precedence);
  if (action == Precedence::none || info == Precedence::none || info < action) return;
  found
      .add(m.preamble.info_precedence,
           fmt::format("precedence for information addressees is {}, expected one below {}", name(info),
                       name(action)))
      .note(m.preamble.precedence, "precedence for action addressees");
}

bool violate(Draft& draft, Random&) {
  auto const& parts = draft.message().preamble;
  auto const letter = std::string{parts.precedence};
  if (grammar::present(parts.info_precedence)) return draft.replace(parts.info_precedence, letter);
  return draft.message().features.has(Feature::info_addressee) &&
         draft.insert_after(parts.precedence, ' ' + letter);
}

}  // namespace

Rule fl5_02() {
  return {
      .id = "FL5-02",
      .name = "dual-precedence-order",
      .severities = "EEEEE",
      .kinds = "all",
      .when = has(Feature::dual_precedence),
      .check = check,
      .violate = violate,
      .page = {.what = "Of two precedences the second, for information addressees, is lower than the first.",
               .why = "An order the other way round leaves open which addressees are to be served first.",
               .citation = "ACP 127(G) 152.a; observed in State headings 2001-2010",
               .good = "P R 190938Z AUG 09",
               .bad = "P O 190938Z AUG 09"}};
}

}  // namespace torntape::validator
