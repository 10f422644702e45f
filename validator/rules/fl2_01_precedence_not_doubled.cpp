#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

std::string doubled(View letter) {
  if (letter.size() != 1 || grammar::precedence_of_letter(letter.front()) == Precedence::none) return {};
  return std::string(2, letter.front());
}

// Before anything else than an indicator a precedence would not make a routing line of it.
bool begins_indicator(Message const& m, View place) {
  auto const& called = m.routing_line.routing_indicators;
  return !called.empty() && called.front().data() == place.data() && !fault_of_indicator(called.front(), m);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const place = first(m, Feature::routing_precedence_odd);
  if (place.size() == 2 && doubled(place.substr(0, 1)) == place) {
    found.add(place, "no blank after the precedence").suggest("insert a blank", {insert_after(place, " ")});
    return;
  }
  auto const expected = doubled(m.preamble.precedence);
  auto finding = found.add(
      place, place.empty() ? std::string{"precedence is missing, expected two equal letters of Z O P R"}
                           : fmt::format("precedence is `{}`, expected two equal letters of Z O P R", place));
  finding.note(m.preamble.precedence, "precedence of the message");
  if (!place.empty())
    finding.suggest(expected);
  else if (!expected.empty() && begins_indicator(m, place))
    finding.suggest(expected + " ");
}

bool violate(Draft& draft, Random& random) {
  // Who waives the receipt of a FLASH would do so of a lower one (FL4-12).
  auto const& signals = draft.message().transmission_instructions.operating_signals;
  if (std::ranges::find(signals, View{"ZGC"}) != signals.end()) return false;
  return draft.replace(draft.message().routing_line.precedence, random.pick("NN", "PR", "OP", "KK"));
}

}  // namespace

Rule fl2_01() {
  return {.id = "FL2-01",
          .name = "precedence-not-doubled",
          .severities = "EEE--",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::routing_precedence_odd),
          .silences = {"FL2-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "The routing line begins with the precedence prosign of the message, its letter "
                           "doubled: ZZ, OO, PP or RR.",
                   .why = "A relay queues the transmission by these two letters before it reads anything "
                          "else; where they differ it cannot tell how urgent the message is.",
                   .citation = "ACP 127(G) 151.a; 5 FAH-2 H-321.2-1",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "NN RUEHBI RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
