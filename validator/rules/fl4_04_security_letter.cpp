#include <fmt/format.h>

#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

View letters_of(Profile profile) {
  switch (profile) {
    case Profile::acp127:
      return "URCST";
    case Profile::janap128:
      return "UECSTMAB";
    default:
      return "UECST";
  }
}

void check(Message const& m, Site const& site, Findings& found) {
  auto const letter = class_letter(m);
  if (letter == '\0' || letters_of(site.profile).find(letter) != View::npos) return;
  found.add(m.transmission_instructions.designator,
            fmt::format("`{}` stands for no class, expected one of {}", letter, letters_of(site.profile)));
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().transmission_instructions.designator,
                       random.pick("QQQQQ", "XXXXX", "DDDDD"));
}

}  // namespace

Rule fl4_04() {
  return {.id = "FL4-04",
          .name = "security-letter",
          .severities = "EEEE-",
          .kinds = "all",
          .silences = {"FL4-05", "FL4-06", "X-07"},
          .check = check,
          .violate = violate,
          .page = {.what = "The class letter is one the network uses: U, E, C, S or T; R in ACP 127 only; M, "
                           "A and B in AUTODIN only.",
                   .why = "A letter without a meaning tells no relay which circuits the message may take.",
                   .citation = "ACP 127(G) 124.b; ACP 117 CAN-US SUPP-1(O)",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNY QQQQQ ZZH"}};
}

}  // namespace torntape::validator
