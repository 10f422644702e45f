#include <chrono>
#include <string>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.origin.time_of_file != m.preamble.time) return;
  auto const delay = filing_delay(m);
  if (!delay || delay->count() == 0) return;
  auto const day = grammar::julian_day(*drawn_up(m));
  found
      .add(m.origin.day_of_year,
           fmt::format("day {}, with the clock time of the date-time group, which is on day {}",
                       m.origin.day_of_year, day))
      .note(m.preamble.date_time_group, "drawn up")
      .suggest(m.origin.day_of_year.size() == 3 ? day : std::string{});
}

bool violate(Draft& draft, Random&) {
  auto const from = drawn_up(draft.message());
  if (!from || draft.message().origin.day_of_year.size() != 3) return false;
  auto const next_day = grammar::julian_day(*from + std::chrono::days{1});
  return draft.replace(draft.message().origin.filing_time,
                       next_day + std::string{draft.message().preamble.time});
}

}  // namespace

Rule x_03() {
  return {
      .id = "X-03",
      .name = "julian-day-mismatch",
      .severities = "IIII-",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::filed_early, Feature::filed_late),
      .check = check,
      .violate = violate,
      .page = {.what = "A message filed at the very minute of its date-time group is filed on the same day.",
               .why = "The same clock time on another day is most likely a slip in the Julian day.",
               .citation = "observed in State headings 2001-2010; judgement of this project",
               .good = "DE RTBAKV #0512/01 2310938\n"
                       "ZNY CCCCC ZZH\n"
                       "P 190938Z AUG 09",
               .bad = "DE RTBAKV #0512/01 2320938\n"
                      "ZNY CCCCC ZZH\n"
                      "P 190938Z AUG 09"}};
}

}  // namespace torntape::validator
