#include <fmt/format.h>

#include "grammar/fl05_preamble/preamble.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

using grammar::Preamble;

// Without its month the first date-time group is of the month of readdressal; a later day cannot be.
bool lacks_month(Preamble const& original, Preamble const& now) {
  auto const day = number_of(original.day);
  auto const today = number_of(now.day);
  return !grammar::present(original.month) && day && today && *day > *today;
}

// The same for the year.
bool lacks_year(Preamble const& original, Preamble const& now) {
  auto const month = grammar::fl05::month_number(original.month);
  auto const this_month = grammar::fl05::month_number(now.month);
  return grammar::present(original.month) && !grammar::present(original.year) && this_month != 0 &&
         month > this_month;
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& original : m.original) {
    auto const& then = original.preamble;
    auto const place = then.date_time_group.substr(then.date_time_group.size());
    if (lacks_month(then, m.preamble))
      found.add(place, "no month in the first date-time group, which is of an earlier one")
          .note(m.preamble.date_time_group, "readdressed");
    else if (lacks_year(then, m.preamble))
      found.add(place, "no year in the first date-time group, which is of an earlier one")
          .note(m.preamble.date_time_group, "readdressed");
  }
}

// The preamble and address of a first message of last month, which is not named, below those of the message.
bool violate(Draft& draft, Random& random) {
  if (draft.message().features.has(Feature::readdressed)) return false;
  auto const* const text = line_of(draft.message(), FormatLine::fl11);
  auto const day = number_of(draft.message().preamble.day);
  if (text == nullptr || draft.message().profile != Profile::acp127 ||
      draft.message().form != grammar::MessageForm::plaindress || !day || *day >= 28)
    return false;
  return draft.insert_before(text->text, fmt::format("P {}0005Z\nFM AMEMBASSY OSTREVA\nTO RTBAKV/AMEMBASSY "
                                                     "KARSTOVA\n",
                                                     *day + 1 + random.below(28 - *day)));
}

}  // namespace

Rule fl5_13() {
  return {.id = "FL5-13",
          .name = "readdressal-original-dtg",
          .severities = "-E---",
          .kinds = "all",
          .when = has(Feature::readdressed),
          .check = check,
          .violate = violate,
          .page = {.what = "A readdressed message keeps its first date-time group, and has its month there "
                           "where that is not the current one, its year likewise.",
                   .why = "Replies and tracers name the message by its first date-time group.",
                   .citation = "ACP 127(G) 503.b(2)",
                   .good = "VZCZCXRO093\n"
                           "RR RTDASL\n"
                           "DE RTCAQB 033 2310941\n"
                           "ZNR UUUUU\n"
                           "R 190938Z AUG 2009\n"
                           "FM AMEMBASSY QALARABAD\n"
                           "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\n"
                           "P 270005Z JUL\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RTCAQB/AMEMBASSY QALARABAD\n"
                           "BT\n"
                           "UNCLAS\n"
                           "THE CLOCK IS RIGHT AGAIN.\n"
                           "BT\n"
                           "NNNN",
                   .bad = "VZCZCXRO093\n"
                          "RR RTDASL\n"
                          "DE RTCAQB 033 2310941\n"
                          "ZNR UUUUU\n"
                          "R 190938Z AUG 2009\n"
                          "FM AMEMBASSY QALARABAD\n"
                          "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\n"
                          "P 270005Z\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RTCAQB/AMEMBASSY QALARABAD\n"
                          "BT\n"
                          "UNCLAS\n"
                          "THE CLOCK IS RIGHT AGAIN.\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
