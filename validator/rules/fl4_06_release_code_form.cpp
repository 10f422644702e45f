#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr View nations = "ABCOUXZ";

void check(Message const& m, Site const&, Findings& found) {
  auto const code = release_code(m);
  if (!grammar::present(code)) return;
  if (auto const odd = code.find_first_not_of(nations); odd != View::npos)
    found.add(code, fmt::format("`{}` in the release code names no nation, expected one of {}", code[odd],
                                nations));
  else if (code[0] > code[1])
    found.add(code, "letters of the release code are not in order of the alphabet");
}

bool violate(Draft& draft, Random& random) {
  auto const group = draft.message().transmission_instructions.designator;
  if (group.size() != 5) return false;
  return draft.replace(group.substr(3), random.pick("CA", "BA", "ZX", "KK"));
}

}  // namespace

Rule fl4_06() {
  return {.id = "FL4-06",
          .name = "release-code-form",
          .severities = "EEEE-",
          .kinds = "all",
          .when = has(Feature::release_code),
          .silences = {"FL4-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "A release code names one nation by its letter twice, or two nations in order of "
                           "the alphabet, of A B C O U X Z.",
                   .why = "The code says to whom the message may be released; a relay at the border to "
                          "another nation stops what it cannot read.",
                   .citation = "ACP 117 CAN-US SUPP-1(O)",
                   .good = "ZNY CCCAC ZZH",
                   .bad = "ZNY CCCCA ZZH"}};
}

}  // namespace torntape::validator
