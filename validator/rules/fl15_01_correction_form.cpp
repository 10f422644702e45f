#include <algorithm>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

// Matter between the only BT after the text and NNNN.
void check_matter(Message const& m, Findings& found) {
  if (std::ranges::count(m.lines, FormatLine::fl13, &grammar::Line::format_line) != 1) return;
  bool after_text = false;
  for (auto const& line : m.lines) {
    if (line.format_line == FormatLine::fl13) after_text = true;
    if (!after_text || line.format_line != FormatLine::fl12) continue;
    each_source_line(
        line, [&](View text) { found.add(text, "matter after the text, expected C and a correction"); });
  }
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::correction_odd, [&](View line) {
    found.add(line, "correction does not say its place, expected PAGE and LINE, WA, WB, AA or AB");
  });
  check_matter(m, found);
}

bool violate(Draft& draft, Random& random) {
  auto const* const line = line_of(draft.message(), FormatLine::fl13);
  return line != nullptr && draft.insert_after(line->text, random.pick("\nC POSITION", "\nPOSITION", "\nC"));
}

}  // namespace

Rule fl15_01() {
  return {
      .id = "FL15-01",
      .name = "correction-form",
      .severities = "-W--W",
      .kinds = "all",
      .check = check,
      .violate = violate,
      .page = {.what = "A correction after the text begins with C and says its place by page and line or by "
                       "the words around it.",
               .why = "The addressee cannot mend the text where it is not said what the correction replaces.",
               .citation = "ACP 127(G) 133, 211.c-d, 223",
               .good = "UNCLAS\n"
                       "THE CLOCK IS RIGHT AGAIN.\n"
                       "BT\n"
                       "C WA CLOCK WAS\n"
                       "NNNN",
               .bad = "UNCLAS\n"
                      "THE CLOCK IS RIGHT AGAIN.\n"
                      "BT\n"
                      "C WAS\n"
                      "NNNN"}};
}

}  // namespace torntape::validator
