#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::number_before_precedence, [&](View where) {
    for (auto const& addressee : m.addressees) {
      auto const number = addressee.message_continuity_number;
      if (number.data() != where.data()) continue;
      auto const in_order = fmt::format("{} {}", addressee.precedence_word, number);
      found.add(number, "continuity number before the precedence")
          .suggest(fmt::format("write `{}`", in_order),
                   {replace(stretch(number, addressee.precedence_word), in_order)});
    }
  });
}

bool violate(Draft& draft, Random&) {
  for (auto const& addressee : draft.message().addressees) {
    auto const word = addressee.precedence_word;
    auto const number = addressee.message_continuity_number;
    if (!addressee.routing_indicator.starts_with("RUEH") || !grammar::present(word) || number.size() != 4)
      continue;
    return draft.replace(stretch(word, number), fmt::format("{} {}", number, word));
  }
  return false;
}

}  // namespace

Rule fl7_12() {
  return {.id = "FL7-12",
          .name = "number-before-precedence",
          .severities = "W---W",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::number_before_precedence),
          .check = check,
          .violate = violate,
          .page = {.what = "The precedence of an addressee stands before its continuity number.",
                   .why = "Where they have changed places a program takes the number for a part of the name.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL/AMEMBASSY SEOUL 0866 PRIORITY"}};
}

}  // namespace torntape::validator
