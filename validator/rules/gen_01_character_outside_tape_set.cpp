#include <algorithm>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

// Bytes above ASCII are told by their codes: what they print as depends on the reader's machine.
std::string shown(View run) {
  if (static_cast<unsigned char>(run.front()) < 0x80) return fmt::format("`{}`", run);
  std::string codes = "byte";
  for (auto const c : run) codes += fmt::format(" {:02X}", static_cast<unsigned char>(c));
  return codes;
}

// A character of IA5 whose parity was wrong: what was sent is not known.
bool is_doubtful(Message const& m, View run) {
  if (!m.capture || run.size() != 1) return false;
  auto const place = static_cast<std::size_t>(run.data() - m.source.data());
  return std::ranges::binary_search(m.capture->faults(), place);
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::foreign_character, [&](View run) {
    if (is_doubtful(m, run))
      found.add(run, fmt::format("`{}` was received with wrong parity", run), Severity::warning);
    else
      found.add(run, fmt::format("{} is outside the tape set", shown(run)));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& addressees = draft.message().addressees;
  if (addressees.empty()) return false;
  auto const name = random.one_of(addressees).plain_language_address;
  return !name.empty() && !name.starts_with("AIG") &&
         draft.insert_after(name, random.pick("@", "%", "=", "*"));
}

}  // namespace

Rule gen_01() {
  return {.id = "GEN-01",
          .name = "character-outside-tape-set",
          .severities = "WEWWW",
          .kinds = "all",
          .when = has(Feature::foreign_character),
          .check = check,
          .violate = violate,
          .page = {.what = "A heading holds capitals, figures, the space and the signs - ? : ( ) . , / ; on "
                           "State and U.S. circuits also ' \" $ & ; ! and #.",
                   .why = "The tape code has no combination for any other character: a teleprinter would "
                          "print something else, or nothing.",
                   .citation = "ACP 127(G) 134.b, 140",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
                   .bad = "TO RUEHC/SECSTATE W@SHDC PRIORITY 1284"}};
}

}  // namespace torntape::validator
