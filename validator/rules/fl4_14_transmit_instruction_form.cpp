#include "grammar/characters.hpp"
#include "grammar/fl04_transmission_instructions/transmission_instructions.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/signals.hpp"

namespace torntape::validator {

namespace {

// A T that stands in neither of its places, at the beginning and after one indicator; absent otherwise.
View misplaced(View line) {
  bool const of_signal = line.starts_with('Z') || line.starts_with('Q');
  if (of_signal || grammar::fl04::is_transmit(line)) return {};
  while (!line.empty())
    if (auto const group = grammar::take_group(line); group == "T") return group;
  return {};
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& line : m.lines)
    if (line.format_line == FormatLine::fl4)
      if (auto const t = misplaced(grammar::trim(line.text)); grammar::present(t))
        found.add(t, "expected T first, or after one routing indicator");
}

bool violate(Draft& draft, Random& random) {
  if (is_direct_service(draft.message())) return false;
  return draft.insert_after(end_of_instructions(draft.message()),
                            random.pick("\nRTCATR XYAG T", "\nXYAG XYBH T"));
}

}  // namespace

Rule fl4_14() {
  return {
      .id = "FL4-14",
      .name = "transmit-instruction-form",
      .severities = "-WWW-",
      .kinds = "all",
      .when = has(Feature::transmit_instruction, Feature::remarks),
      .check = check,
      .violate = violate,
      .page = {.what =
                   "A transmit instruction is T, alone or behind one routing indicator, and the designators "
                   "it is for, if any.",
               .why = "A station finds by the place of T whether it is to pass the message on, and to whom.",
               .citation = "ACP 127(G) 133, 206.a(3), 207.c",
               .good = "ZNR UUUUU\n"
                       "RTCATR T XYAG",
               .bad = "ZNR UUUUU\n"
                      "RTCATR XYAG T"}};
}

}  // namespace torntape::validator
