#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::routing_filler, [&](View filler) {
    found
        .add(filler, fmt::format("filler `{}` in the routing line, expected routing indicators only", filler))
        .suggest("remove it", {erase(group_with_its_blank(m, filler))});
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& called = draft.message().routing_line.routing_indicators;
  // As filed, the line would also lack an addressee (FL2-12).
  if (draft.message().copy_kind == CopyKind::origin || called.size() < 2) return false;
  if (draft.message().features.has(Feature::autodin_header)) return false;  // it would end the routing
  return draft.replace(random.one_of(called), random.pick("XXXXXX", "------", "."));
}

}  // namespace

Rule fl2_19() {
  return {.id = "FL2-19",
          .name = "filler-in-routing-line",
          .severities = "EEEE-",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::routing_filler),
          .silences = {"FL2-03", "GEN-03"},
          .check = check,
          .violate = violate,
          .page = {.what = "Nothing takes the place of indicators that a relay has deleted.",
                   .why = "The next relay takes the filler for a station and cannot route the message.",
                   .citation = "ACP 127(G) 303.a(4)",
                   .good = "PP RUEHBI RUEHCI RUEHDBU",
                   .bad = "PP RUEHBI XXXXXX RUEHDBU"}};
}

}  // namespace torntape::validator
