#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (auto const* const line = line_of(m, FormatLine::fl10))
    found.add(line->text, "accounting line, which State headings do not have");
}

bool violate(Draft& draft, Random& random) {
  if (!draft.message().exempted.empty()) return false;  // behind them it would be one of them
  return draft.insert_after(end_of_list(draft.message()), random.pick("\nGR 12", "\nGRNC", "\nARMY GR 120"));
}

}  // namespace

Rule fl10_05() {
  return {
      .id = "FL10-05",
      .name = "prefix-line-unexpected",
      .severities = "I----",
      .kinds = "all",
      .when = has(Feature::accounting),
      .check = check,
      .violate = violate,
      .page = {.what = "A State heading has no FL10: neither accounting symbol nor group count.",
               .why = "Such a line shows that the message came from, or was drawn up for, another network.",
               .citation = "observed in State headings 2001-2010",
               .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
               .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                      "GR 12"}};
}

}  // namespace torntape::validator
