#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The five spaces after the transmission identification are due on a circuit (ACP 127(G) 126), and State's
// copies alone never have them.
bool is_due(Message const& m, View blanks) {
  return blanks == "     " && (is_octet_capture(m) || m.profile != Profile::state) &&
         m.lines[line_index(m, blanks)].format_line == FormatLine::fl1;
}

// Archives that pad one line pad them all: one finding for the whole heading.
void check(Message const& m, Site const&, Findings& found) {
  std::vector<Change> changes;
  each(m, Feature::trailing_blank, [&](View blanks) {
    if (!is_due(m, blanks)) changes.push_back(erase(blanks));
  });
  if (changes.empty()) return;
  auto const place = changes.front().place;
  auto text = changes.size() == 1 ? std::string{"blank at the end of the line"}
                                  : fmt::format("blanks at the end of {} heading lines", changes.size());
  found.add(place, std::move(text)).suggest("remove the blanks", std::move(changes));
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const* const line = line_of(m, random.pick(FormatLine::fl5, FormatLine::fl6));
  return line != nullptr && draft.insert_after(line->text, random.pick(" ", "   "));
}

}  // namespace

Rule gen_05() {
  return {.id = "GEN-05",
          .name = "trailing-blank",
          .severities = "IIIII",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::trailing_blank),
          .check = check,
          .violate = violate,
          .page = {.what = "A line ends with its last character.",
                   .why = "Blanks before the line end are harmless to a reader, but they differ from copy to "
                          "copy and hide in comparisons.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "ZNY CCCCC ZZH",
                   .bad = "ZNY CCCCC ZZH "}};
}

}  // namespace torntape::validator
