#include <fmt/format.h>

#include "grammar/glossary.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

// ZZH and ZZK are State's own, and explained as such.
bool is_national(View group) {
  return group[0] == 'Z' && (group[1] == 'Y' || group[1] == 'Z') && grammar::signal(group) == nullptr;
}

void check(Message const& m, Site const&, Findings& found) {
  each_signal(m, [&](View group, FormatLine) {
    if (is_national(group))
      found.add(group, fmt::format("{} is of a national series, its meaning is not known here", group));
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(end_of_instructions(draft.message()), random.pick(" ZYB", " ZZQ", " ZYN2"));
}

}  // namespace

Rule ops_03() {
  return {.id = "OPS-03",
          .name = "national-series",
          .severities = "IIIII",
          .kinds = "all",
          .when = has(Feature::operating_signal, Feature::message_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "Signals from ZYA to ZZZ have a meaning inside one nation or service only.",
                   .why = "Outside it they mean nothing, or something else.",
                   .citation = "NAVEDTRA 14226",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNY CCCCC ZZH ZYB"}};
}

}  // namespace torntape::validator
