#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::remarks,
       [&](View where) { found.add(where, "matter that is no operating signal, kept as it stands"); });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(end_of_instructions(draft.message()),
                            random.pick(" (CCY ADX00A1B2)", " REF SERVICE MSG 0412"));
}

}  // namespace

Rule fl4_11() {
  return {
      .id = "FL4-11",
      .name = "free-matter-after-warning",
      .severities = "IIII-",
      .kinds = "all",
      .when = has(Feature::remarks),
      .check = check,
      .violate = violate,
      .page = {.what = "Matter of FL4 that is no operating signal, such as the reference of a service desk, "
                       "is kept as it stands.",
               .why = "Relays carry it along unread; it is shown so that nobody takes it for an instruction.",
               .citation = "observed in State headings 2001-2010",
               .good = "ZNY CCCCC ZZH",
               .bad = "ZNY CCCCC ZZH (CCY ADX00A1B2)"}};
}

}  // namespace torntape::validator
