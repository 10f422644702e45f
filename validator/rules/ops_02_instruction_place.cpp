#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

struct Place {
  View signal;
  FormatLine line;
};
constexpr std::array places{
    Place{"ZEX", FormatLine::fl5}, Place{"ZFF", FormatLine::fl5}, Place{"ZFG", FormatLine::fl5},
    Place{"ZGC", FormatLine::fl4}, Place{"ZOT", FormatLine::fl4}, Place{"ZEQ", FormatLine::fl4},
    Place{"ZZH", FormatLine::fl4}, Place{"ZZK", FormatLine::fl4}, Place{"ZOV", FormatLine::fl1},
    Place{"ZDG", FormatLine::fl1}, Place{"ZVQ", FormatLine::fl1}};

View name_of(FormatLine line) {
  switch (line) {
    case FormatLine::fl1:
      return "FL1";
    case FormatLine::fl4:
      return "FL4";
    default:
      return "FL5";
  }
}

void check(Message const& m, Site const&, Findings& found) {
  each_signal(m, [&](View group, FormatLine line) {
    auto const place = std::ranges::find(places, group.substr(0, 3), &Place::signal);
    if (place != places.end() && place->line != line)
      found.add(group, fmt::format("{} in {}, expected in {}", group, name_of(line), name_of(place->line)));
  });
}

bool violate(Draft& draft, Random& random) {
  if (random.below(2) == 0)
    return draft.insert_after(draft.message().preamble.year, random.pick(" ZZK", " ZOT", " ZOV"));
  return draft.insert_after(end_of_instructions(draft.message()), random.pick(" ZEX", " ZFF4", " ZFG"));
}

}  // namespace

Rule ops_02() {
  return {.id = "OPS-02",
          .name = "instruction-place",
          .severities = "IIIII",
          .kinds = "all",
          .when = has(Feature::operating_signal, Feature::message_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "Instructions of the originator for the message stand in FL5, those for its "
                           "transmission in FL4, pilots in FL1.",
                   .why = "A relay may change or drop what stands in FL4; what stands in FL5 reaches the "
                          "addressee unchanged.",
                   .citation = "ACP 127(G) Annex B, 120, 206.c; NAVEDTRA 14222",
                   .good = "P 190938Z AUG 09 ZFF4",
                   .bad = "P 190938Z AUG 09 ZGC"}};
}

}  // namespace torntape::validator
