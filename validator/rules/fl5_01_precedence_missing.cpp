#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::vector<Change> of_the_routing_line(Message const& m, View where) {
  auto const prosign = m.routing_line.precedence;
  // An original heading had a routing line of its own.
  if (where.data() != m.preamble.date_time_group.data()) return {};
  if (prosign.empty() || grammar::precedence_of_letter(prosign.front()) == Precedence::none) return {};
  return {insert_before(where, fmt::format("{} ", prosign.front()))};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::precedence_missing, [&](View where) {
    found.add(where, "no precedence before the date-time group, expected Z, O, P or R")
        .note(m.routing_line.precedence, "precedence of the routing line")
        .suggest("write the precedence of the routing line", of_the_routing_line(m, where));
  });
}

bool violate(Draft& draft, Random&) {
  auto const& parts = draft.message().preamble;
  if (!grammar::present(parts.precedence) || !grammar::present(parts.date_time_group)) return false;
  return draft.erase(stretch(parts.precedence, parts.date_time_group.substr(0, 0)));
}

}  // namespace

Rule fl5_01() {
  return {.id = "FL5-01",
          .name = "precedence-missing",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::precedence_missing),
          .silences = {"FL2-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "One or two precedence letters stand before the date-time group.",
                   .why = "The addressee learns from them how urgent the message is; without them it is "
                          "handled as ROUTINE.",
                   .citation = "ACP 127(G) 151.a; observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 09",
                   .bad = "190938Z AUG 09"}};
}

}  // namespace torntape::validator
