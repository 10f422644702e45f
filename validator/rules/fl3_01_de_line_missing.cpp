#include <algorithm>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// "DERTBAKV", "D ERTBAKV", "DER TBAKV": DE and the indicator, as they were meant; empty for other damage.
std::string apart(View place, View indicator) {
  auto const glued = place.data() + place.size() == indicator.data() || place.size() > 3;
  if (!glued) return "DE";
  std::string text{"DE "};
  if (place.size() > 3)
    std::ranges::copy_if(indicator, std::back_inserter(text), [](char c) { return c != ' '; });
  return text;
}

void check_place(Message const& m, View place, Findings& found) {
  auto const* const follows = place.data() + place.size();
  if (place.empty()) {
    found.add(place, "prosign DE is missing before the calling station").suggest("DE ");
  } else if (place == "DE" && m.lines[line_index(m, place)].format_line == FormatLine::fl2 &&
             m.origin.routing_indicator.data() != follows && m.profile != Profile::acp126) {
    View const blank{place.data() - 1, 1};
    found.add(place, "calling station (FL3) on the routing line, expected a line of its own")
        .suggest("begin a new line", {replace(blank, "\n")});
  } else if (place == "DE") {
    found.add(place, m.profile == Profile::acp126 ? "no blank beside DE" : "no blank after DE")
        .suggest(apart(place, m.origin.routing_indicator));
  } else {
    found.add(place, fmt::format("`{}` before the calling station, expected DE", place))
        .suggest(apart(place, m.origin.routing_indicator));
  }
}

void check(Message const& m, Site const&, Findings& found) {
  auto const place = first(m, Feature::calling_station_missing);
  if (grammar::present(place)) return check_place(m, place, found);
  // ACP 126 may do without.
  if (m.profile != Profile::acp126)
    found.add(place_for(m, FormatLine::fl3),
              "calling station (FL3: DE, indicator, serial, time of file) is missing");
}

bool violate(Draft& draft, Random& random) {
  // Without it nobody can tell an abbreviated plaindress from one whose heading is lost.
  if (draft.message().form != grammar::MessageForm::plaindress) return false;
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
      .severities = "EEE-W",
      .kinds = "all",
      .mend = Safety::unsafe,
      .when = has(Feature::calling_station_missing),
      .silences = {"FL3-10"},
      .check = check,
      .violate = violate,
      .page = {.what = "FL3 begins with DE and the indicator of the station that prepared the transmission.",
               .why = "A relay cannot tell whom to ask for a repetition, nor one message from another.",
               .citation = "ACP 127(G) 133, Annex B",
               .good = "DE RTBAKV #0512/01 2310941",
               .bad = "RTBAKV #0512/01 2310941"}};
}

}  // namespace torntape::validator
