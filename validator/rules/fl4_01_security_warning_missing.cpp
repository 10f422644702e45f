#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.features.has(Feature::cut_short) || grammar::present(m.transmission_instructions.security_warning))
    return;
  if (is_direct_service(m)) return;
  auto const* const line = line_of(m, FormatLine::fl4);
  auto const place = line == nullptr ? place_for(m, FormatLine::fl4) : line->text.substr(0, 0);
  found.add(place, "no security warning, expected ZNR UUUUU, or ZNY and the class letter five times");
}

bool violate(Draft& draft, Random&) {
  if (is_direct_service(draft.message())) return false;
  return draft.erase_line(FormatLine::fl4);
}

}  // namespace

Rule fl4_01() {
  return {.id = "FL4-01",
          .name = "security-warning-missing",
          .severities = "EIEE-",
          .kinds = "all",
          .when = has(Feature::security_warning_missing, Feature::operating_signal),
          .check = check,
          .violate = violate,
          .page = {.what = "FL4 begins with a security warning, ZNR or ZNY, and the class of the message.",
                   .why = "A relay may not pass a message on a circuit that is not approved for its class; "
                          "without a warning it has to treat the message as classified and hold it.",
                   .citation = "ACP 127(G) 203.b; observed in State headings 2001-2010",
                   .good = "ZNY CCCCC ZZH",
                   .bad = ""}};
}

}  // namespace torntape::validator
