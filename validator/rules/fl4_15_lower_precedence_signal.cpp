#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.features.has(Feature::dual_precedence) || !grammar::present(m.preamble.precedence)) return;
  for (auto const signal : m.transmission_instructions.operating_signals)
    if (signal == "ZOT")
      found.add(signal, "ZOT, transmit at the lower precedence, on a message that has but one")
          .note(m.preamble.precedence, "the precedence");
}

bool violate(Draft& draft, Random&) {
  if (grammar::present(draft.message().preamble.info_precedence)) return false;
  if (draft.message().form != grammar::MessageForm::plaindress) return false;
  return draft.insert_after(end_of_instructions(draft.message()), "\nZOT RTCATR");
}

}  // namespace

Rule fl4_15() {
  return {
      .id = "FL4-15",
      .name = "lower-precedence-signal",
      .severities = "-WWW-",
      .kinds = "all",
      .when = has(Feature::operating_signal),
      .check = check,
      .violate = violate,
      .page = {.what = "ZOT, transmit at the lower precedence, stands only where FL5 has two precedences.",
               .why = "A station told to use the lower one of one precedence cannot tell what is meant.",
               .citation = "ACP 127(G) 152.f",
               .good = "ZNR UUUUU\n"
                       "ZOT RTCATR\n"
                       "P R 190938Z AUG 2009",
               .bad = "ZNR UUUUU\n"
                      "ZOT RTCATR\n"
                      "P 190938Z AUG 2009"}};
}

}  // namespace torntape::validator
