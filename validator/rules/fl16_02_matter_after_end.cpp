#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::matter_after_end, [&](View where) {
    auto const begin = where.find_first_not_of(" \r\n");
    auto const end = where.find_last_not_of(" \r\n");
    if (begin != View::npos)
      found.add(where.substr(begin, end - begin + 1), "matter after the end of the message");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().end.nnnn, random.pick("\nSENT AT 1004Z", "\nOPR 12"));
}

}  // namespace

Rule fl16_02() {
  return {.id = "FL16-02",
          .name = "matter-after-end",
          .severities = "IIIII",
          .kinds = "wire",
          .when = has(Feature::matter_after_end),
          .check = check,
          .violate = violate,
          .page = {.what = "Nothing stands between the end of a message and the start of the next.",
                   .why = "What stands there belongs to no message, and is not relayed.",
                   .citation = "ACP 127(G) 138.d",
                   .good = "NNNN",
                   .bad = "NNNN\n"
                          "SENT AT 1004Z"}};
}

}  // namespace torntape::validator
