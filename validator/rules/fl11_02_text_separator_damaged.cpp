#include <algorithm>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::separator_odd, [&](View where) {
    if (where.empty() || where.front() == ' ' || where.front() == '\t')
      found.add(where, "text on the line of the separator, expected BT alone")
          .suggest("begin a new line", {replace(where, "\n")});
    else if (auto finding = found.add(where, fmt::format("separator is `{}`, expected BT", where));
             where.size() == 3 && std::ranges::all_of(where, grammar::is_letter))
      // The letter may have been torn off the line above.
      finding.suggest("put `BT`", {replace(where, "BT")}, Safety::unsafe);
    else
      finding.suggest("BT");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace_line(random.pick(FormatLine::fl11, FormatLine::fl13), random.pick("B T", "BT."));
}

}  // namespace

Rule fl11_02() {
  return {.id = "FL11-02",
          .name = "text-separator-damaged",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::separator_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The line before and after the text is BT and nothing else.",
                   .why = "A switch that compares the whole line does not see the separator.",
                   .citation = "ACP 127(G) 133",
                   .good = "BT\n"
                           "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "B T\n"
                          "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512"}};
}

}  // namespace torntape::validator
