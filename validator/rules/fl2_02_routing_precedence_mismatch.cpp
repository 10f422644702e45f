#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

Precedence of(View letters) {
  return letters.empty() ? Precedence::none : grammar::precedence_of_letter(letters.front());
}

void check(Message const& m, Site const&, Findings& found) {
  auto const place = m.routing_line.precedence;
  auto const routed = of(place);
  auto const action = of(m.preamble.precedence);
  if (routed == Precedence::none || action == Precedence::none || routed == action) return;
  if (routed == of(m.preamble.info_precedence)) {
    found.add(place, "routing line is at the precedence of the info addressees", Severity::info)
        .note(m.preamble.info_precedence, "precedence for info addressees");
    return;
  }
  found.add(place, fmt::format("routing line is at {}, the message at {}", name(routed), name(action)))
      .note(m.preamble.precedence, "precedence of the message")
      .suggest(std::string(place.size(), m.preamble.precedence.front()));
}

bool violate(Draft& draft, Random& random) {
  auto const& preamble = draft.message().preamble;
  if (!grammar::present(preamble.precedence)) return false;
  auto const other = random.pick('R', 'P', 'O');
  if (of(preamble.precedence) == of(View{&other, 1}) || of(preamble.info_precedence) == of(View{&other, 1}))
    return false;
  auto const place = draft.message().routing_line.precedence;  // one letter in an AUTODIN header
  return draft.replace(place, std::string(place.size(), other));
}

}  // namespace

Rule fl2_02() {
  return {
      .id = "FL2-02",
      .name = "routing-precedence-mismatch",
      .severities = "EEEE-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .check = check,
      .violate = violate,
      .page = {.what = "The precedence of the routing line is the first letter of FL5; on a leg to "
                       "information addressees it may be the second letter of a dual precedence.",
               .why = "The message is handled at the wrong speed: relays go by FL2 and never look at FL5.",
               .citation = "ACP 127(G) 152.b-d, 311.d; 5 FAH-2 H-321.2-1",
               .good = "PP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                       "RUEHPW RUEHROV RUEHSL RUEHSR",
               .bad = "RR RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\n"
                      "RUEHPW RUEHROV RUEHSL RUEHSR"}};
}

}  // namespace torntape::validator
