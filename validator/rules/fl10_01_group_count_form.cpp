#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::group_count_odd, [&](View where) {
    if (where.data() < m.accounting.group_count.data() && !where.empty()) {
      found.add(where, fmt::format("`{}` before the group count, expected GR", where));
      return;
    }
    found.add(where, where.empty() ? "no group count after GR, expected a number"
                                   : fmt::format("group count is `{}`, expected a number", where));
  });
}

bool violate(Draft& draft, Random& random) {
  // Behind exempted addressees it would be one of them.
  return !draft.message().addressees.empty() && draft.message().exempted.empty() &&
         draft.insert_after(end_of_list(draft.message()), random.pick("\nGR XX", "\nGR 3A", "\nGR"));
}

}  // namespace

Rule fl10_01() {
  return {.id = "FL10-01",
          .name = "group-count-form",
          .severities = "IEEEE",
          .kinds = "all",
          .when = has(Feature::group_count_odd),

          .check = check,
          .violate = violate,
          .page = {.what = "A group count is GR and a number, or GRNC.",
                   .why = "The receiving station counts the groups of the text against it.",
                   .citation = "ACP 127(G) 133, Annex B",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                           "GR 37",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
                          "GR XX"}};
}

}  // namespace torntape::validator
