#include <array>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/nearest.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

constexpr std::array<View, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

// "AUGUST" begins like one, "AUH" is one step from one.
std::string meant(View word) {
  for (auto const month : months)
    if (word.starts_with(month)) return std::string{month};
  return nearest(word, months, [](View month) { return month; });
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::month_odd,
       [&](View where) { found.add(where, fmt::format("`{}` is no month", where)).suggest(meant(where)); });
}

bool violate(Draft& draft, Random&) {
  auto const month = draft.message().preamble.month;
  if (month.size() != 3) return false;
  return draft.replace(month, std::string{month[1], month[0], month[2]});
}

}  // namespace

Rule fl5_14() {
  return {
      .id = "FL5-14",
      .name = "month-misspelt",
      .severities = "EEEEE",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::month_odd),
      .check = check,
      .violate = violate,
      .page = {.what = "The month is one of JAN, FEB, MAR, APR, MAY, JUN, JUL, AUG, SEP, OCT, NOV and DEC.",
               .why = "Without its month the date-time group tells no date.",
               .citation = "ACP 127(G) 113",
               .good = "P 190938Z AUG 09",
               .bad = "P 190938Z AUH 09"}};
}

}  // namespace torntape::validator
