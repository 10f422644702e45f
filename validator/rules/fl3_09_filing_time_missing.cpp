#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (is_test(m)) return;
  each(m, Feature::filing_time_missing, [&](View place) {
    found.add(place, "no time of file, expected seven digits: day of the year and time");
  });
}

bool violate(Draft& draft, Random&) {
  auto const time = draft.message().origin.filing_time;
  return grammar::present(time) && draft.erase(View{time.data() - 1, time.size() + 1});
}

}  // namespace

Rule fl3_09() {
  return {.id = "FL3-09",
          .name = "filing-time-missing",
          .severities = "EEE--",
          .kinds = "all",
          .when = has(Feature::filing_time_missing),
          .check = check,
          .violate = violate,
          .page = {
              .what = "The calling station gives the time of file; only tests and recurring service messages "
                      "go without.",
              .why = "The time the message is under way is counted from it, and a repetition is known by it.",
              .citation = "ACP 127(G) 115, 405.e",
              .good = "DE RTBAKV #0512/01 2310941",
              .bad = "DE RTBAKV #0512/01"}};
}

}  // namespace torntape::validator
