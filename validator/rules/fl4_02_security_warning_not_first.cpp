#include <string>
#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::vector<Change> moved_to_the_front(Message const& m) {
  auto const& parts = m.transmission_instructions;
  auto const& line = m.lines[line_index(m, parts.security_warning)];
  if (parts.designator.data() < parts.security_warning.data()) return {};
  auto const warning = stretch(parts.security_warning, parts.designator);
  return {insert_before(line.text, std::string{warning} + ' '), erase(group_with_its_blank(m, warning))};
}

void check(Message const& m, Site const&, Findings& found) {
  auto const warning = m.transmission_instructions.security_warning;
  each(m, Feature::warning_not_first, [&](View where) {
    if (where.data() != warning.data()) return;
    found.add(where, "security warning is not the first group of the line")
        .suggest("put the warning first", moved_to_the_front(m));
  });
}

bool violate(Draft& draft, Random&) {
  if (is_direct_service(draft.message())) return false;
  auto const& parts = draft.message().transmission_instructions;
  // Below an AUTODIN header, which is FL3 too, only a warning is known for FL4.
  if (draft.message().features.has(Feature::autodin_header)) return false;
  if (!grammar::present(parts.security_warning) || parts.operating_signals.empty()) return false;
  auto const warning = stretch(parts.security_warning, parts.designator);
  auto const signals = stretch(parts.operating_signals.front(), parts.operating_signals.back());
  auto const turned = std::string{signals} + ' ' + std::string{warning};
  return draft.replace(stretch(warning, signals), turned);
}

}  // namespace

Rule fl4_02() {
  return {
      .id = "FL4-02",
      .name = "security-warning-not-first",
      .severities = "EEEE-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::warning_not_first),
      .check = check,
      .violate = violate,
      .page = {.what = "The security warning is the first group of FL4.",
               .why = "A relay looks for ZNR or ZNY at the head of the line; anywhere else it is not seen.",
               .citation = "ACP 127(G) 203.d",
               .good = "ZNY CCCCC ZZH",
               .bad = "ZZH ZNY CCCCC"}};
}

}  // namespace torntape::validator
