#include <chrono>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

using std::chrono::hours;

void check(Message const& m, Site const&, Findings& found) {
  auto const delay = filing_delay(m);
  if (!delay || *delay <= hours{1}) return;
  auto const again = repeat_signal(m);
  auto const grade = *delay <= hours{24} || grammar::present(again) ? Severity::info : Severity::warning;
  found
      .add(m.origin.filing_time,
           fmt::format("filed {} h after the date-time group",
                       std::chrono::duration_cast<hours>(*delay).count()),
           grade)
      .note(m.preamble.date_time_group, "drawn up")
      .note(again, "a repetition, which explains it");
}

bool violate(Draft& draft, Random& random) {
  auto const from = drawn_up(draft.message());
  if (!from || draft.message().origin.day_of_year.size() != 3) return false;
  return draft.replace(draft.message().origin.day_of_year,
                       grammar::julian_day(*from + std::chrono::days{random.pick(2, 4, 30)}));
}

}  // namespace

Rule x_02() {
  return {.id = "X-02",
          .name = "filed-late",
          .severities = "WWWW-",
          .kinds = "all",
          .when = has(Feature::filed_late),
          .check = check,
          .violate = violate,
          .page = {.what = "A message is filed soon after it is drawn up: at once, or within the hour.",
                   .why = "After a day the message was held up, or the two times belong to two messages; a "
                          "signal of repetition explains it.",
                   .citation = "ACP 127(G) 113, 115; observed in State headings 2001-2010",
                   .good = "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09",
                   .bad = "DE RTBAKV #0512/01 2331341\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09"}};
}

}  // namespace torntape::validator
