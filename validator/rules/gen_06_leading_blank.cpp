#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

// An indented copy is indented throughout: one finding for the whole heading.
void check(Message const& m, Site const&, Findings& found) {
  std::vector<Change> changes;
  each(m, Feature::leading_blank, [&](View blanks) { changes.push_back(erase(blanks)); });
  if (changes.empty()) return;
  auto const place = changes.front().place;
  auto text = changes.size() == 1
                  ? std::string{"heading line does not start in the first column"}
                  : fmt::format("{} heading lines do not start in the first column", changes.size());
  found.add(place, std::move(text)).suggest("remove the blanks", std::move(changes));
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  return draft.insert_before(random.pick(m.preamble.precedence, m.originator.prosign, m.origin.de),
                             random.pick(" ", "   "));
}

}  // namespace

Rule gen_06() {
  return {.id = "GEN-06",
          .name = "leading-blank",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::leading_blank),
          .check = check,
          .violate = violate,
          .page = {.what = "Every heading line starts in the first column.",
                   .why = "A relay looks for DE, FM, TO and the like at the beginning of a line; behind "
                          "blanks it does not find them.",
                   .citation = "judgement of this project",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "  DE RTBAKV #0512/01 2310941"}};
}

}  // namespace torntape::validator
