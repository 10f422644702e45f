#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const& parts = m.transmission_instructions;
  if (!grammar::present(parts.security_warning) || !grammar::present(parts.designator)) return;
  auto const is_agency = [](View group) { return group.starts_with("ZZH"); };
  if (std::ranges::any_of(parts.operating_signals, is_agency)) return;
  found.add(parts.designator.substr(parts.designator.size()),
            "no ZZH, the mark of State traffic, after the security warning");
}

bool violate(Draft& draft, Random&) {
  for (auto const group : draft.message().transmission_instructions.operating_signals)
    if (group == "ZZH") return draft.erase(group_with_its_blank(draft.message(), group));
  return false;
}

}  // namespace

Rule fl4_09() {
  return {.id = "FL4-09",
          .name = "agency-signal-missing",
          .severities = "I----",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "A State heading carries ZZH after the security warning.",
                   .why = "Nearly all headings of the Department have it; one without it may have been drawn "
                          "up elsewhere.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNY CCCCC"}};
}

}  // namespace torntape::validator
