#include <algorithm>

#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool is_addressed(Message const& m, char nation) {
  return std::ranges::any_of(m.addressees, [&](grammar::Addressee const& addressee) {
    return addressee.routing_indicator.size() > 1 && addressee.routing_indicator[1] == nation;
  });
}

void check(Message const& m, Site const&, Findings& found) {
  auto const code = release_code(m);
  if (!grammar::present(code)) return;
  auto const missing = std::ranges::find_if(code, [&](char nation) { return !is_addressed(m, nation); });
  if (missing == code.end()) return;
  found.add(code, fmt::format("no addressee belongs to nation {} of the release code", *missing));
}

bool violate(Draft& draft, Random& random) {
  auto const group = draft.message().transmission_instructions.designator;
  if (group.size() != 5) return false;
  return draft.replace(group.substr(3), random.pick("AA", "ZZ", "AZ"));
}

}  // namespace

Rule fl4_07() {
  return {
      .id = "FL4-07",
      .name = "release-code-without-nation",
      .severities = "IWWW-",
      .kinds = "all",
      .when = has(Feature::release_code),
      .check = check,
      .violate = violate,
      .page = {
          .what = "Each letter of a release code is the second letter of a foreign indicator in the address.",
          .why = "A code for a nation that is not addressed is a slip: either the code or the address is "
                 "incomplete.",
          .citation = "ACP 117 CAN-US SUPP-1(O); observed in State headings 2001-2010",
          .good = "ZNY CCCCC ZZH",
          .bad = "ZNY CCCAA ZZH"}};
}

}  // namespace torntape::validator
