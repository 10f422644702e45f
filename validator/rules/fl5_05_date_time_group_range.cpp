#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

// Months and years that cannot be read are findings of their own.
bool is_day(grammar::Preamble const& preamble, int year_pivot) {
  if (grammar::date_of(preamble, year_pivot)) return true;
  auto on_the_first = preamble;
  on_the_first.day = "01";
  return !number_of(preamble.day) || !grammar::date_of(on_the_first, year_pivot);
}

bool is_time(View time) {
  auto const value = number_of(time);
  return !value || time.size() != 4 || (*value / 100 < 24 && *value % 100 < 60);
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& parts = m.preamble;
  if (!is_day(parts, m.conventions->year_pivot))
    found.add(parts.day, fmt::format("{} has no day {}", parts.month, parts.day));
  if (!is_time(parts.time))
    found.add(parts.time, fmt::format("`{}` is no time of day, expected 0000-2359", parts.time));
}

bool violate(Draft& draft, Random& random) {
  auto const& parts = draft.message().preamble;
  if (random.below(2) == 0) return draft.replace(parts.day, random.pick("00", "32", "91"));
  return draft.replace(parts.time, random.pick("2400", "2561", "0960"));
}

}  // namespace

Rule fl5_05() {
  return {
      .id = "FL5-05",
      .name = "date-time-group-range",
      .severities = "EEEEE",
      .kinds = "all",
      .when = has(Feature::date_time_group_unclear),
      .check = check,
      .violate = violate,
      .page = {
          .what = "The day exists in its month, the hour is 00-23 and the minute 00-59.",
          .why =
              "A date that never was cannot be referred to, and the time of file cannot be compared with it.",
          .citation = "ACP 127(G) 113",
          .good = "P 190938Z AUG 09",
          .bad = "P 320938Z AUG 09"}};
}

}  // namespace torntape::validator
