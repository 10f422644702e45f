#include <algorithm>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.addressees.empty()) return;  // FL7-02
  auto const place = first(m, Feature::action_missing);
  if (!place.empty())
    found.add(place, fmt::format("`{}` before the first addressee, expected TO", place)).suggest("TO");
  else if (place.data() !=
           nullptr)  // an addressee stands there; of a readdressed message not the first of all
    found.add(place, "no TO before the first addressee").suggest("TO ");
  else
    found.add(place_for(m, FormatLine::fl7), "no action addressee, expected TO before INFO")
        .note(whole_address(m.addressees.front()), "first information addressee");
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().features.has(Feature::readdressed)) return false;
  // Of these the rules on AIGs, on calls out of hours and on two precedences speak.
  if (grammar::present(draft.message().preamble.info_precedence) ||
      std::ranges::any_of(draft.message().addressees, [](grammar::Addressee const& addressee) {
        return addressee.night_action || addressee.plain_language_address.starts_with("AIG");
      }))
    return false;
  auto const& instructions = draft.message().preamble.message_instructions;
  if (std::ranges::find(instructions, View{"ZEX"}) != instructions.end()) return false;
  auto const* const line = line_of(draft.message(), FormatLine::fl7);
  return line != nullptr && line->text.starts_with("TO ") &&
         draft.replace(line->text.substr(0, 2), random.pick("INFO", "TP", "OT"));
}

}  // namespace

Rule fl7_01() {
  return {
      .id = "FL7-01",
      .name = "action-addressee-missing",
      .severities = "WWWWW",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::action_missing),
      .check = check,
      .violate = violate,
      .page = {.what = "At least one addressee stands under TO.",
               .why = "A message for information only asks nobody to act; more often the TO line was lost.",
               .citation = "observed in State headings 2001-2010",
               .good = "FM AMEMBASSY KARSTOVA\n"
                       "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                       "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
               .bad = "FM AMEMBASSY KARSTOVA\n"
                      "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
