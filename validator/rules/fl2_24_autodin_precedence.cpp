#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::routing_precedence_odd, [&](View where) {
    found.add(where, fmt::format("precedence is `{}`, expected one letter of Y Z O P R", where))
        .note(m.preamble.precedence, "precedence of the message");
  });
}

bool violate(Draft& draft, Random& random) {
  // Who waives the receipt of a FLASH would do so of a lower one (FL4-12).
  auto const& signals = draft.message().transmission_instructions.operating_signals;
  if (std::ranges::find(signals, View{"ZGC"}) != signals.end()) return false;
  return draft.replace(draft.message().routing_line.precedence, random.pick("N", "K", "B"));
}

}  // namespace

Rule fl2_24() {
  return {.id = "FL2-24",
          .name = "autodin-precedence",
          .severities = "---E-",
          .kinds = "all",
          .when = has(Feature::routing_precedence_odd),
          .silences = {"FL2-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "The header begins with the letter of the precedence: Y, Z, O, P or R.",
                   .why = "A switch queues the message by this letter.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "NTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC."}};
}

}  // namespace torntape::validator
