#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.features.has(Feature::routing_line_missing))
    found.add(place_for(m, FormatLine::fl2), "routing line (FL2) is missing");
  if (auto const place = first(m, Feature::preamble_missing); grammar::present(place))
    found.add(place, "preamble (FL5) of the original message is missing");
  else if (m.features.has(Feature::preamble_missing) && !m.features.has(Feature::cut_short))
    found.add(place_for(m, FormatLine::fl5), "preamble (FL5: precedence, date-time group) is missing");
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().form != grammar::MessageForm::plaindress) return false;
  if (draft.message().features.has(Feature::readdressed)) return false;
  // Who waives the receipt of a FLASH would do so of a lower one (FL4-12).
  auto const& signals = draft.message().transmission_instructions.operating_signals;
  if (std::ranges::find(signals, View{"ZGC"}) != signals.end()) return false;
  if (line_of(draft.message(), FormatLine::fl1) == nullptr) return false;
  // Without FL2 the empty line of a web copy is no longer the one after FL2.
  auto const web = draft.message().copy_kind == CopyKind::web;
  return draft.erase_line(web ? FormatLine::fl5 : random.pick(FormatLine::fl2, FormatLine::fl5));
}

}  // namespace

Rule gen_12() {
  return {
      .id = "GEN-12",
      .name = "mandatory-line-missing",
      .severities = "EEEEE",
      .kinds = "all",
      .when = has(Feature::routing_line_missing, Feature::preamble_missing),
      .check = check,
      .violate = violate,
      .page = {
          .what =
              "A message has a routing line (FL2) and a preamble with precedence and date-time group (FL5).",
          .why = "Without FL2 a relay does not know where to send the message, without FL5 nobody can tell "
                 "it from another one.",
          .citation = "ACP 127(G) 144.b, 145.b, 146.b, 405",
          .good = "ZNY CCCCC ZZH\n"
                  "P 190938Z AUG 09\n"
                  "FM AMEMBASSY KARSTOVA",
          .bad = "ZNY CCCCC ZZH\n"
                 "FM AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
