#include <fmt/format.h>

#include "grammar/glossary.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

// ZYA-ZZZ are of national or service use (OPS-03).
bool is_national(View group) { return group[0] == 'Z' && (group[1] == 'Y' || group[1] == 'Z'); }

void check(Message const& m, Site const&, Findings& found) {
  each_signal(m, [&](View group, FormatLine) {
    if (!is_national(group) && grammar::signal(group) == nullptr)
      found.add(group, fmt::format("operating signal {} has no meaning known here", group));
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(end_of_instructions(draft.message()), random.pick(" ZQX", " QJX", " ZXX4"));
}

}  // namespace

Rule ops_01() {
  return {.id = "OPS-01",
          .name = "unknown-operating-signal",
          .severities = "IIIII",
          .kinds = "all",
          .when = has(Feature::operating_signal, Feature::message_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "An operating signal is one of the table.",
                   .why = "A signal nobody knows is not acted upon.",
                   .citation = "ACP 127(G) 135",
                   .good = "ZNY CCCCC ZZH ZDK",
                   .bad = "ZNY CCCCC ZZH ZQX"}};
}

}  // namespace torntape::validator
