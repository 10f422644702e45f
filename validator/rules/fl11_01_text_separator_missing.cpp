#include <fmt/format.h>

#include "grammar/fl16_end/cancellation.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void judge(Message const& m, FormatLine line, View side, Findings& found) {
  if (line_of(m, line) != nullptr) return;
  auto const place = place_for(m, line);
  auto const begins_a_line = place.data() == m.source.data() || place.data()[-1] == '\n';
  auto finding = found.add(place, fmt::format("no BT {} the text", side));
  // One BT alone is read as that before the text: the second is inserted when the first stands. Around a text
  // of which nothing is left, nobody can tell which of the two it is.
  bool const told = line == FormatLine::fl11 || line_of(m, FormatLine::fl11) != nullptr;
  if (told && line_of(m, FormatLine::fl12) != nullptr)
    finding.suggest("insert `BT`", {insert_before(place, begins_a_line ? "BT\n" : "\nBT\n")});
}

void check(Message const& m, Site const& site, Findings& found) {
  if (m.features.has(Feature::cut_short)) return;
  // A separator would make it look complete.
  if (auto const cancelled = grammar::fl16::cancellation(m); grammar::present(cancelled)) {
    found.add(cancelled, "transmission is cancelled here: it is not complete, and has no BT after the text");
    return;
  }
  if (site.archive) {
    found.add(place_for(m, FormatLine::fl11), "archive copy without BT before and after the text");
    return;
  }
  judge(m, FormatLine::fl11, "before", found);
  judge(m, FormatLine::fl13, "after", found);
}

bool violate(Draft& draft, Random& random) {
  // Without it a service message is one between neighbours, which has none.
  if (draft.message().form != grammar::MessageForm::plaindress) return false;
  return draft.erase_line(random.pick(FormatLine::fl11, FormatLine::fl13));
}

}  // namespace

Rule fl11_01() {
  return {.id = "FL11-01",
          .name = "text-separator-missing",
          .severities = "EEEEE",
          .kinds = "all;A=I",
          .mend = Safety::safe,
          .when = has(Feature::separator_missing),
          .check = check,
          .violate = violate,
          .page = {.what = "BT stands before and after the text.",
                   .why = "It is the one mark by which a station tells the heading from the text, and the "
                          "text from what follows.",
                   .citation = "ACP 127(G) 133, 145.b, 405",
                   .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\nBT\n"
                           "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                           "BT",
                   .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\nC O N F I D E N T I A L SECTION 01 "
                          "OF 02 KARSTOVA 000512\n"
                          "BT"}};
}

}  // namespace torntape::validator
