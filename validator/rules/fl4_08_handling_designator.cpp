#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const group = m.transmission_instructions.special_handling;
  if (!grammar::present(group) || group == "AAAAA" || group == "BBBBB" || group == "FFFFF") return;
  found.add(group, fmt::format("`{}` is no known special handling designator, expected AAAAA, BBBBB or FFFFF",
                               group));
}

bool violate(Draft& draft, Random& random) {
  auto const& parts = draft.message().transmission_instructions;
  if (grammar::present(parts.special_handling)) return false;
  return draft.insert_after(parts.designator, random.pick("/QQQQQ", "/KKKKK"));
}

}  // namespace

Rule fl4_08() {
  return {
      .id = "FL4-08",
      .name = "handling-designator",
      .severities = "IIWW-",
      .kinds = "all",
      .when = has(Feature::handling_designator),
      .check = check,
      .violate = violate,
      .page = {
          .what = "The group after a slant is a known special handling designator: AAAAA, BBBBB or FFFFF.",
          .why = "The receiving station handles the message by this group; one it does not know is not acted "
                 "upon.",
          .citation = "ACP 117 CAN-US SUPP-1(O); NAVEDTRA 14226",
          .good = "ZNY CCCCC/BBBBB ZZH",
          .bad = "ZNY CCCCC/QQQQQ ZZH"}};
}

}  // namespace torntape::validator
