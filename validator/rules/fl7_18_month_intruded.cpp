#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The word that all the others carry; empty where they differ.
std::string common_word(Message const& m) {
  View common;
  for (auto const& addressee : m.addressees) {
    if (!grammar::present(addressee.precedence_word)) continue;
    if (grammar::present(common) && addressee.precedence_word != common) return {};
    common = addressee.precedence_word;
  }
  return std::string{common};
}

bool has_words(Message const& m) {
  return std::ranges::any_of(m.addressees,
                             [](auto const& each) { return grammar::present(each.precedence_word); });
}

// What stands behind it on its line is the number alone: where a word does, it is the rest of another address
// that was swallowed, and nothing brings that back.
bool stands_before_number(Message const& m, View month) {
  auto const line = m.lines[line_index(m, month)].text;
  auto behind = line.substr(static_cast<std::size_t>(month.data() + month.size() - line.data()));
  while (!behind.empty() && behind.front() == ' ') behind.remove_prefix(1);
  while (!behind.empty() && behind.back() == ' ') behind.remove_suffix(1);
  return behind.size() >= 4 && behind.find_first_not_of("0123456789-") == View::npos;
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::month_intruded, [&](View where) {
    auto finding =
        found.add(where, fmt::format("`{}` stands where precedence or number were, which are lost", where));
    finding.note(m.preamble.month, "month of the message");
    if (!stands_before_number(m, where)) return;
    if (has_words(m))
      finding.suggest(common_word(m));
    else
      finding.suggest("remove the month", {erase(group_with_its_blank(m, where))});
  });
}

bool violate(Draft& draft, Random&) {
  if (!draft.message().exempted.empty()) return false;  // the collective may be the only one (FL9-01)
  auto const& m = draft.message();
  if (m.addressees.empty() || m.preamble.month.size() != 3) return false;
  auto const numbered = std::ranges::find_if(
      m.addressees, [](auto const& each) { return grammar::present(each.message_continuity_number); });
  auto const& victim = numbered == m.addressees.end() ? m.addressees.back() : *numbered;
  auto const end =
      grammar::present(victim.precedence_word) ? victim.precedence_word : victim.plain_language_address;
  return draft.replace(stretch(victim.plain_language_address, end),
                       fmt::format("AMEMBASSY LA PAZ {}", m.preamble.month));
}

}  // namespace

Rule fl7_18() {
  return {.id = "FL7-18",
          .name = "month-intruded",
          .severities = "E---E",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::month_intruded),
          .silences = {"FL7-26", "FL7-27", "FL7-11"},
          .check = check,
          .violate = violate,
          .page = {.what = "Nothing stands between a name and its precedence or number.",
                   .why = "On some copies the month of the date-time group is written over what followed the "
                          "name LA PAZ: precedence and number are lost, sometimes the next address too.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RTFALP/AMEMBASSY LA PAZ PRIORITY 0412",
                   .bad = "INFO RTFALP/AMEMBASSY LA PAZ AUG 0412"}};
}

}  // namespace torntape::validator
