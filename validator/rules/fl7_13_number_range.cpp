#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (addressee.message_continuity_number.find('-') != View::npos)  // a longer one may be damaged (FL7-11)
      found.add(addressee.message_continuity_number, "range of continuity numbers, one for each section");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const sections = number_of(m.text.sections);
  if (!sections) return false;
  for (auto const& addressee : m.addressees) {
    auto const number = number_of(addressee.message_continuity_number);
    if (number && *number + *sections <= 10000)
      return draft.insert_after(addressee.message_continuity_number,
                                fmt::format("-{:04}", *number + *sections - 1));
  }
  return false;
}

}  // namespace

Rule fl7_13() {
  return {.id = "FL7-13",
          .name = "number-range",
          .severities = "I---I",
          .kinds = "all",
          .when = has(Feature::number_range),
          .check = check,
          .violate = violate,
          .page = {.what = "A range of continuity numbers stands for one number per section.",
                   .why = "The addressee counts all of them as received with this message.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311-0312"}};
}

}  // namespace torntape::validator
