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

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::month_intruded, [&](View where) {
    auto finding =
        found.add(where, fmt::format("`{}` stands where precedence or number were, which are lost", where));
    finding.note(m.preamble.month, "month of the message");
    if (has_words(m))
      finding.suggest(common_word(m));
    else
      finding.suggest("remove the month", {erase(group_with_its_blank(m, where))});
  });
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.addressees.empty() || m.preamble.month.size() != 3) return false;
  auto const& last = m.addressees.back();
  auto const end =
      grammar::present(last.precedence_word) ? last.precedence_word : last.plain_language_address;
  return draft.replace(stretch(last.plain_language_address, end),
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
