#include <string>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::string ending_of(grammar::Line const& line) {
  return line.ending.empty() ? "\n" : std::string{line.ending};
}

// "AINFO RUCNCIS/..", "6037INFO RUCNCIS/..": what stands before may be a damaged prosign, and a new line
// would move the address to another list.
bool may_be_prosign(View before) {
  auto const text = before.substr(0, before.find_last_not_of(' ') + 1);
  return text.find('/') == View::npos || text.ends_with("TO") || text.ends_with("INFO") ||
         text.ends_with("XMT");
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::several_addresses_on_line, [&](View where) {
    auto const& line = m.lines[line_index(m, where)];
    auto const before = line.text.substr(0, static_cast<std::size_t>(where.data() - line.text.data()));
    auto const blanks = before.substr(before.find_last_not_of(' ') + 1);
    auto const in_addresses = line.format_line == FormatLine::fl7 || line.format_line == FormatLine::fl8;
    auto finding = found.add(
        where, in_addresses ? "second address on a line" : "addressees on the line of the originator");
    if (!in_addresses || !may_be_prosign(before))
      finding.suggest("begin a new line", {replace(blanks, ending_of(line))});
  });
}

bool violate(Draft& draft, Random&) {
  auto const& list = draft.message().addressees;
  for (std::size_t i = 1; i < list.size(); ++i) {
    if (list[i].kind != list[i - 1].kind || list[i].routing_indicator.size() < 5) continue;
    auto const end = whole_address(list[i - 1]);
    return draft.replace(stretch(end.substr(end.size()), list[i].routing_indicator.substr(0, 0)), " ");
  }
  return false;
}

}  // namespace

Rule fl7_23() {
  return {.id = "FL7-23",
          .name = "several-addresses-on-a-line",
          .severities = "WEEWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::several_addresses_on_line),
          .silences = {"GEN-03"},
          .check = check,
          .violate = violate,
          .page = {.what = "Each address has a line of its own.",
                   .why = "The second address of a line is taken for a part of the first name, and its "
                          "station for not addressed.",
                   .citation = "ACP 127(G) Annex B",
                   .good = "INFO RUEHKO/AMEMBASSY TOKYO\n"
                           "RUEHUL/AMEMBASSY SEOUL",
                   .bad = "INFO RUEHKO/AMEMBASSY TOKYO RUEHUL/AMEMBASSY SEOUL"}};
}

}  // namespace torntape::validator
