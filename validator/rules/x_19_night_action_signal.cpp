#include <algorithm>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool has_signal(Message const& m) {
  auto const& signals = m.transmission_instructions.operating_signals;
  return std::ranges::find(signals, View{"ZZK"}) != signals.end();
}

void check(Message const& m, Site const& site, Findings& found) {
  if (site.directory == nullptr || has_signal(m)) return;
  for (auto const& addressee : m.addressees) {
    if (!addressee.night_action) continue;
    auto const* const station = site.directory->station(addressee.routing_indicator);
    if (station != nullptr && station->day_only)
      found.add(addressee.precedence_word, "night action at a station manned by day only, without ZZK in FL4")
          .note(m.transmission_instructions.designator, "ZZK would follow here");
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.copy_kind == CopyKind::origin || m.preamble.precedence != "P" || m.routing_line.precedence != "PP")
    return false;
  if (m.addressees.empty()) return false;
  auto const& first = m.addressees.front();
  if (first.kind != AddresseeKind::action || !grammar::present(first.precedence_word)) return false;
  if (names(m, "AMEMBASSY NUEVA CORONA")) return false;
  draft.replace(stretch(first.routing_indicator, first.precedence_word),
                "RTFANC/AMEMBASSY NUEVA CORONA NIACT IMMEDIATE");
  return draft.replace(draft.message().preamble.precedence, "O") &&
         draft.replace(draft.message().routing_line.precedence, "OO");
}

}  // namespace

Rule x_19() {
  return {
      .id = "X-19",
      .name = "night-action-signal",
      .severities = "I----",
      .kinds = "all",
      .when = has(Feature::night_action),
      .check = check,
      .violate = violate,
      .page = {
          .what =
              "A message of night action to a station that is not manned round the clock carries ZZK in FL4.",
          .why = "The signal asks for delivery out of office hours; without it the message waits for the "
                 "morning.",
          .citation = "ACP 117 CAN-US SUPP-1(O); observed in State headings 2001-2010",
          .good = "OO RUEHBI RUEHCI\n"
                  "DE RTBAKV #0512/01 2310941\n"
                  "ZNY CCCCC ZZH ZZK\n"
                  "O 190938Z AUG 09\n"
                  "FM AMEMBASSY KARSTOVA\n"
                  "TO RTFANC/AMEMBASSY NUEVA CORONA NIACT IMMEDIATE 1284",
          .bad = "OO RUEHBI RUEHCI\n"
                 "DE RTBAKV #0512/01 2310941\n"
                 "ZNY CCCCC ZZH\n"
                 "O 190938Z AUG 09\n"
                 "FM AMEMBASSY KARSTOVA\n"
                 "TO RTFANC/AMEMBASSY NUEVA CORONA NIACT IMMEDIATE 1284"}};
}

}  // namespace torntape::validator
