#include <chrono>

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/series.hpp"

namespace torntape::validator {

namespace {

bool is_before_2000(Message const& m) {
  auto const date = grammar::date_of(m.preamble, m.conventions->year_pivot);
  return date && date->year() < std::chrono::year{2000};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::reference_number_odd, [&](View where) {
    if (is_of_a_party(m.text.station)) return;
    if (is_before_2000(m) && (where.size() == 4 || where.size() == 5)) return;
    if (where.find_first_not_of("0123456789") != View::npos) {
      found.add(where,
                fmt::format("letter in the message reference number `{}`, expected six digits", where));
      return;
    }
    found.add(where, fmt::format("message reference number has {} digits, expected six", where.size()));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const number = draft.message().text.message_reference_number;
  if (number.size() != 6) return false;
  return draft.erase(number.substr(0, random.pick(std::size_t{1}, std::size_t{2})));
}

}  // namespace

Rule fl12_06() {
  return {.id = "FL12-06",
          .name = "reference-number-form",
          .severities = "W---I",
          .kinds = "all",
          .when = has(Feature::reference_number_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The message reference number has six digits; before 2000 it had four or five.",
                   .why = "The telegram is filed and quoted by station, year and this number.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 00512"}};
}

}  // namespace torntape::validator
