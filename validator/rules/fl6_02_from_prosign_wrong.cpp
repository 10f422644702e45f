#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool is_glued(Message const& m, View prosign) {
  auto const& line = m.lines[line_index(m, prosign)].text;
  auto const after = line.substr(static_cast<std::size_t>(prosign.data() - line.data()) + prosign.size());
  return !after.empty() && after.front() >= 'A' && after.front() <= 'Z';
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::originator_prosign_odd, [&](View where) {
    bool const glued = is_glued(m, where);
    if (where == "FM" && !glued) return;  // a tab after it (GEN-07)
    if (where == "FM")
      found.add(where, "no blank after FM").suggest("FM ");
    else
      found.add(where, fmt::format("prosign of the originator is `{}`, expected FM", where))
          .suggest(glued ? "FM " : "FM");
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().originator.prosign, random.pick("FROM", "From:", "FM:"));
}

}  // namespace

Rule fl6_02() {
  return {.id = "FL6-02",
          .name = "from-prosign-wrong",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::originator_prosign_odd),
          .silences = {"GEN-02"},
          .check = check,
          .violate = violate,
          .page = {.what = "The originator stands after the prosign FM.",
                   .why = "Stations and switches find the originator by this prosign and by no other word.",
                   .citation = "ACP 127(G) 133",
                   .good = "FM AMEMBASSY KARSTOVA",
                   .bad = "FROM AMEMBASSY KARSTOVA"}};
}

}  // namespace torntape::validator
