#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::remarks, [&](View where) {
    // Remarks begin with a group, but for one that is glued to the signal before it.
    auto const line = m.lines[line_index(m, where)].text;
    if (where.data() == line.data() || where.data()[-1] == ' ') return;
    found.add(where.substr(0, 0), "no blank before the remark")
        .suggest("insert a blank", {insert_before(where, " ")});
  });
}

bool violate(Draft& draft, Random&) {
  auto const& signals = draft.message().transmission_instructions.operating_signals;
  return !signals.empty() && draft.insert_after(signals.back(), "(CCY ADX00A1B2)");
}

}  // namespace

Rule fl4_17() {
  return {.id = "FL4-17",
          .name = "correction-remark-glued",
          .severities = "I----",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::remarks),
          .check = check,
          .violate = violate,
          .page = {.what = "A blank stands between an operating signal and a remark in parentheses.",
                   .why = "Glued to the remark the signal is easily overlooked.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "ZNY CCCCC ZZH (CCY ADX00A1B2)",
                   .bad = "ZNY CCCCC ZZH(CCY ADX00A1B2)"}};
}

}  // namespace torntape::validator
