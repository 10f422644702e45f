#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool is_precedence(View letter, Profile profile) {
  if (letter.size() != 1) return false;
  return View{"ZOPR"}.find(letter.front()) != View::npos || (letter == "Y" && profile == Profile::janap128);
}

void check(Message const& m, Site const& site, Findings& found) {
  for (auto const letter : {m.preamble.precedence, m.preamble.info_precedence})
    if (grammar::present(letter) && !is_precedence(letter, site.profile))
      found.add(letter, fmt::format("`{}` is no precedence, expected Z, O, P or R", letter))
          .note(m.routing_line.precedence, "precedence of the routing line");
}

bool violate(Draft& draft, Random& random) {
  auto const letter = random.pick("K", "X", draft.message().profile == Profile::janap128 ? "N" : "Y");
  return draft.replace(draft.message().preamble.precedence, letter);
}

}  // namespace

Rule fl5_03() {
  return {.id = "FL5-03",
          .name = "precedence-unknown",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::precedence_unknown, Feature::emergency_command),
          .silences = {"FL2-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "A precedence of FL5 is one of the letters Z, O, P and R; Y in AUTODIN only.",
                   .why = "A letter without a meaning tells no station in which order to handle the message.",
                   .citation = "ACP 127(G) 150.b",
                   .good = "P 190938Z AUG 09",
                   .bad = "K 190938Z AUG 09"}};
}

}  // namespace torntape::validator
