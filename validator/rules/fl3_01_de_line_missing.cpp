#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const place = first(m, Feature::calling_station_missing);
  if (grammar::present(place) && !place.empty())
    found.add(place, fmt::format("`{}` before the calling station, expected DE", place));
  else if (grammar::present(place))
    found.add(place, "prosign DE is missing before the calling station");
  else
    found.add(place_for(m, FormatLine::fl3),
              "calling station (FL3: DE, indicator, serial, time of file) is missing");
}

bool violate(Draft& draft, Random& random) {
  if (random.below(2) == 0) return draft.erase_line(FormatLine::fl3);
  if (random.below(3) == 0) return draft.replace(draft.message().origin.de, "ED");
  auto const de = draft.message().origin.de;
  return grammar::present(de) && draft.erase(View{de.data(), de.size() + 1});
}

}  // namespace

Rule fl3_01() {
  return {
      .id = "FL3-01",
      .name = "de-line-missing",
      .severities = "EEE--",
      .kinds = "all",
      .when = has(Feature::calling_station_missing),
      .check = check,
      .violate = violate,
      .page = {.what = "FL3 begins with DE and the indicator of the station that prepared the transmission.",
               .why = "A relay cannot tell whom to ask for a repetition, nor one message from another.",
               .citation = "ACP 127(G) 133, Annex B",
               .good = "DE RTBAKV #0512/01 2310941",
               .bad = "RTBAKV #0512/01 2310941"}};
}

}  // namespace torntape::validator
