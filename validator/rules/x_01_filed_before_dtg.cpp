#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

using grammar::Instant;

using std::chrono::hours;
using std::chrono::minutes;

// A difference of clocks is let pass; up to a day may be a slip of the pen.
Severity grade(minutes early) {
  if (early <= minutes{2}) return Severity::info;
  return early <= hours{24} ? Severity::warning : Severity::error;
}

std::string in_words(minutes early) {
  return early < hours{2} ? fmt::format("{} min", early.count())
                          : fmt::format("{} h", std::chrono::duration_cast<hours>(early).count());
}

// On the day of the date-time group the time of file would be no earlier, and at most an hour late: then the
// day alone is wrong.
std::vector<Change> on_its_day(Message const& m, Instant from, Instant to) {
  auto const clock = to - std::chrono::floor<std::chrono::days>(to);
  auto const late = std::chrono::floor<std::chrono::days>(from) + clock - from;
  if (m.origin.day_of_year.size() != 3 || late < minutes{0} || late > hours{1}) return {};
  return {replace(m.origin.day_of_year, grammar::julian_day(from))};
}

void check(Message const& m, Site const&, Findings& found) {
  auto const delay = filing_delay(m);
  if (!delay || *delay >= minutes{0}) return;
  found
      .add(m.origin.filing_time, fmt::format("filed {} before the date-time group", in_words(-*delay)),
           grade(-*delay))
      .note(m.preamble.date_time_group, "drawn up")
      .suggest("write the day of the date-time group", on_its_day(m, *drawn_up(m), *filed(m)));
}

bool violate(Draft& draft, Random& random) {
  auto const from = drawn_up(draft.message());
  if (!from || draft.message().origin.day_of_year.size() != 3) return false;
  return draft.replace(draft.message().origin.day_of_year,
                       grammar::julian_day(*from - std::chrono::days{random.pick(1, 3, 40)}));
}

}  // namespace

Rule x_01() {
  return {.id = "X-01",
          .name = "filed-before-dtg",
          .severities = "EWEE-",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::filed_early),
          .silences = {"X-03"},
          .check = check,
          .violate = violate,
          .page = {.what = "A message is not filed before it is drawn up: the time of file is not earlier "
                           "than the date-time group.",
                   .why = "One of the two is garbled, and both identify the message.",
                   .citation = "ACP 127(G) 113, 115; observed in State headings 2001-2010",
                   .good = "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09",
                   .bad = "DE RTBAKV #0512/01 2280941\n"
                          "ZNY CCCCC ZZH\n"
                          "P 190938Z AUG 09"}};
}

}  // namespace torntape::validator
