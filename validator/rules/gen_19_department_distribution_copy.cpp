#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

bool figures(View text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "EUR-00"
bool is_office_count(View group) {
  auto const dash = group.find('-');
  return dash != View::npos && dash != 0 && figures(group.substr(dash + 1));
}

View next_group(View text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
  return text.substr(0, text.find_first_of(" \r\n"));
}

// "ACTION EUR-00", "INFO  LOG-00 NP-00"
bool is_distribution(View line) {
  for (View const word : {"ACTION ", "INFO "})
    if (line.starts_with(word) && is_office_count(next_group(line.substr(word.size())))) return true;
  return false;
}

// Matter outside the message is one node of many lines.
View distribution_in(View matter) {
  while (!matter.empty()) {
    auto const end = std::min(matter.find('\n'), matter.size());
    if (is_distribution(matter)) return matter.substr(0, std::min(end, matter.find('\r')));
    matter.remove_prefix(std::min(end + 1, matter.size()));
  }
  return {};
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& line : m.lines) {
    if (line.format_line >= FormatLine::fl11) return;
    bool const one_line = line.format_line != FormatLine::none;
    if (one_line && !line.text.starts_with('A') && !line.text.starts_with('I')) continue;
    auto const place = distribution_in(line.text);
    if (!grammar::present(place)) continue;
    found.add(place, "distribution of the Department, no addressees");
    return;
  }
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_before(draft.message().source.substr(0, 0),
                             random.pick("ACTION EUR-00\n", "ACTION NEA-01\nINFO  LOG-00 NP-00\n"));
}

}  // namespace

Rule gen_19() {
  return {.id = "GEN-19",
          .name = "department-distribution-copy",
          .severities = "I---I",
          .kinds = "all",
          .when = has(Feature::text_before_start, Feature::line_unread, Feature::distribution,
                      Feature::addressee_indicator_missing, Feature::remarks, Feature::message_instruction),
          .silences = {"GEN-22"},
          .check = check,
          .violate = violate,
          .page = {.what = "The addressees of a message are those of FL7 and FL8; office counts of the "
                           "Department are none.",
                   .why = "A copy printed for the Department's own distribution counts copies per office "
                          "(`ACTION EUR-00`, `INFO LOG-00 ..`): nobody is addressed by these lines.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "ACTION EUR-00\n"
                          "VZCZCXRO0417"}};
}

}  // namespace torntape::validator
