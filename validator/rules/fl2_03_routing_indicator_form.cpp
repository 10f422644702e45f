#include <string>
#include <utility>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const indicator : m.routing_line.routing_indicators)
    if (auto fault = fault_of_indicator(indicator, m))
      found.add(indicator, std::move(fault->text), fault->at_most);
}

bool violate(Draft& draft, Random& random) {
  auto const& called = draft.message().routing_line.routing_indicators;
  // As filed, the line would also lack an addressee (FL2-12).
  if (draft.message().copy_kind == CopyKind::origin || called.size() < 2) return false;
  std::string const own{called.front()};
  auto const too_short = own.substr(0, 3);
  if (own.size() < 5) return false;
  View const rest = View{own}.substr(1);
  auto const& m = draft.message();
  bool const fits =
      m.lines[line_index(m, called.front())].text.size() + 5 <= m.conventions->routing_line_length;
  auto const too_long = fits ? fmt::format("{}BIBIX", own) : too_short;
  return draft.replace(called.front(),
                       random.pick(std::string{rest}, fmt::format("{}3{}", own.substr(0, 2), own.substr(3)),
                                   fmt::format("S{}", rest), too_long, too_short));
}

}  // namespace

Rule fl2_03() {
  return {
      .id = "FL2-03",
      .name = "routing-indicator-form",
      .severities = "EEEE-",
      .kinds = "all",
      .when = has(Feature::routing_indicator_odd),
      .silences = {"FL2-15"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "A routing indicator has four to seven letters, the first R (worldwide) or Q (theatre).",
          .why = "A relay finds the outgoing circuit by the first letters of the indicator; it cannot route "
                 "one it cannot read.",
          .citation = "ACP 117 CAN-US SUPP-1(O); NAVEDTRA 14226; 5 FAH-2 H-231",
          .good = "PP RUEHBI RUEHCI RUEHDBU",
          .bad = "PP UEHBI RUEHCI RUEHDBU"}};
}

}  // namespace torntape::validator
