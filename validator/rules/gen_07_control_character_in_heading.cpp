#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

std::string described(View run) {
  if (run.front() == '\t') return "tab";
  return fmt::format("control character {:02X}", static_cast<unsigned char>(run.front()));
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::control_character, [&](View run) {
    auto const tab = run.front() == '\t';
    found.add(run, fmt::format("{} in the heading", described(run)))
        .suggest(tab ? "write a space" : "remove it", {tab ? replace(run, " ") : erase(run)});
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().originator.plain_language_address,
                            random.pick("\x07", "\x1b", "\x01"));
}

}  // namespace

Rule gen_07() {
  return {.id = "GEN-07",
          .name = "control-character-in-heading",
          .severities = "WEWWW",
          .kinds = "all;A=I",
          .mend = Safety::safe,
          .when = has(Feature::control_character),
          .check = check,
          .violate = violate,
          .page = {.what = "Of the machine functions only those for the line end, and those prescribed for "
                           "start and end of message, stand in a heading.",
                   .why = "A tab, a bell or a null inside a line has no place on the tape: the next machine "
                          "drops it, and two groups become one.",
                   .citation = "ACP 127(G) 138",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
                   .bad = "TO RUEHC/SECSTATE\tWASHDC PRIORITY 1284"}};
}

}  // namespace torntape::validator
