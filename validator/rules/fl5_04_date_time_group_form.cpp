#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }

// The parser notes the first part that is wrong.
std::string text_for(View where, Message const& m) {
  auto const& parts = m.preamble;
  if (where.empty())
    return fmt::format("date-time group has no {}, expected the form 170141Z AUG 09",
                       grammar::present(parts.month) ? "year" : "month");
  if (where.data() == parts.year.data())
    return fmt::format("`{}` is no year, expected two digits, or four of {}-{}", where,
                       m.conventions->year_pivot, m.conventions->year_pivot + 99);
  return fmt::format("`{}` is no day and time, expected six digits and the zone: 170141Z", where);
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::date_time_group_odd, [&](View where) {
    if (std::ranges::any_of(where, is_control)) return;  // GEN-07
    found.add(where, text_for(where, m));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& parts = draft.message().preamble;
  auto const year_due =
      draft.message().profile != Profile::acp127 && draft.message().profile != Profile::acp126;
  if (year_due && random.below(2) == 0) return draft.erase(parts.year);
  return draft.erase(parts.time.substr(parts.time.size() - 1));
}

}  // namespace

Rule fl5_04() {
  return {.id = "FL5-04",
          .name = "date-time-group-form",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::date_time_group_odd),
          .silences = {"FL5-05", "FL5-06", "FL5-14"},
          .check = check,
          .violate = violate,
          .page = {.what = "The date-time group is two digits for the day, four for the time, the zone "
                           "letter, the month and the year.",
                   .why = "The group identifies the message for ever: it is quoted in every reference, "
                          "tracer and readdressal.",
                   .citation = "ACP 127(G) 113; observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 09",
                   .bad = "P 19093Z AUG 09"}};
}

}  // namespace torntape::validator
