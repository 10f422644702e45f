#include <string>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

constexpr int four_digits_from = 2006;

void check_one(grammar::Preamble const& preamble, int year_pivot, Findings& found) {
  auto const number = number_of(preamble.year);
  if (!number || (preamble.year.size() != 2 && preamble.year.size() != 4)) return;
  auto const written = static_cast<int>(*number);
  auto const year = preamble.year.size() == 4 ? written : grammar::in_full(written, year_pivot);
  auto const due = year < four_digits_from ? 2U : 4U;
  if (preamble.year.size() != due)
    found.add(preamble.year, fmt::format("year of {} digits, expected {}", preamble.year.size(), due))
        .suggest(due == 4 ? fmt::format("{}", year) : fmt::format("{:02}", year % 100));
}

void check(Message const& m, Site const&, Findings& found) {
  auto const pivot = m.conventions->year_pivot;
  check_one(m.preamble, pivot, found);
  for (auto const& original : m.original) check_one(original.preamble, pivot, found);
}

bool violate(Draft& draft, Random&) {
  auto const year = draft.message().preamble.year;
  return year.size() == 4 && draft.erase(year.substr(0, 2));
}

}  // namespace

Rule fl5_07() {
  return {.id = "FL5-07",
          .name = "year-digits",
          .severities = "-WWI-",
          .kinds = "all",
          .mend = Safety::unsafe,
          .check = check,
          .violate = violate,
          .page = {.what = "The year has two digits to the end of 2005, four from 1 January 2006.",
                   .why = "Stations compare the date-time groups of references letter by letter.",
                   .citation = "ACP 127(G) 113; observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 2009",
                   .bad = "P 190938Z AUG 09"}};
}

}  // namespace torntape::validator
