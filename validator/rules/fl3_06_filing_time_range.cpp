#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

unsigned number(View digits) { return number_of(digits).value_or(0); }

// "09" is a leap year where 2009 is: the centuries meant have no exception.
unsigned days_of_the_year(View year) { return year.empty() || number(year) % 4 == 0 ? 366 : 365; }

void check(Message const& m, Site const&, Findings& found) {
  auto const day = m.origin.day_of_year;
  auto const of_month = m.origin.day_of_month;
  auto const time = m.origin.time_of_file;
  if ((day.size() != 3 && of_month.size() != 2) || time.size() != 4) return;
  auto const days = days_of_the_year(m.preamble.year);
  if (day.size() == 3 && (number(day) < 1 || number(day) > days))
    found.add(day, fmt::format("day {} of the year, expected 001-{}", day, days))
        .note(m.preamble.year, "the year");
  if (of_month.size() == 2 && (number(of_month) < 1 || number(of_month) > 31))
    found.add(of_month, fmt::format("day {} of the month, expected 01-31", of_month));
  if (number(time.substr(0, 2)) > 23)
    found.add(time.substr(0, 2), fmt::format("hour {}, expected 00-23", time.substr(0, 2)));
  if (number(time.substr(2)) > 59)
    found.add(time.substr(2), fmt::format("minute {}, expected 00-59", time.substr(2)));
}

bool violate(Draft& draft, Random& random) {
  auto const& origin = draft.message().origin;
  if (random.below(2) == 0) return draft.replace(origin.day_of_year, random.pick("000", "367", "399"));
  return draft.replace(origin.time_of_file, random.pick("2541", "0960", "2400"));
}

}  // namespace

Rule fl3_06() {
  return {.id = "FL3-06",
          .name = "filing-time-range",
          .severities = "EEEE-",
          .kinds = "all",
          .silences = {"X-01", "X-02", "X-03"},
          .check = check,
          .violate = violate,
          .page = {.what = "The time of file names a day of the year, an hour to 23 and a minute to 59.",
                   .why = "There is no such moment: neither order nor delay of the message can be told.",
                   .citation = "ACP 127(G) 115",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAKV #0512/01 2312541"}};
}

}  // namespace torntape::validator
