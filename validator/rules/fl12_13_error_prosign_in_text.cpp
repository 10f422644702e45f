#include "grammar/fl16_end/cancellation.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

constexpr View prosign = "E E E E E E E E";

void check(Message const& m, Site const&, Findings& found) {
  auto const cancelled = grammar::fl16::cancellation(m);  // no error inside the text, but its end
  for (auto const& line : m.lines)
    if (line.format_line == FormatLine::fl12)
      for (auto at = line.text.find(prosign); at != View::npos;
           at = line.text.find(prosign, at + prosign.size()))
        if (line.text.data() + at != cancelled.data())
          found.add(line.text.substr(at, prosign.size()),
                    "error prosign: what stands before it was sent wrongly");
}

bool violate(Draft& draft, Random&) {
  auto const* const line = line_of(draft.message(), FormatLine::fl13);
  return line != nullptr && draft.insert_before(line->text, "IT STOOD STIL E E E E E E E E STOOD STILL.\n");
}

}  // namespace

Rule fl12_13() {
  return {.id = "FL12-13",
          .name = "error-prosign-in-text",
          .severities = "-III-",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "An operator who errs writes eight times E and goes on from the last right group.",
                   .why = "What stands before the prosign is no part of the text.",
                   .citation = "ACP 127(G) 133, 211.b(2)",
                   .good = "UNCLAS\n"
                           "THE CLOCK IS RIGHT AGAIN.\n"
                           "IT STOOD STILL.",
                   .bad = "UNCLAS\n"
                          "THE CLOCK IS RIGHT AGAIN.\n"
                          "IT STOOD STIL E E E E E E E E STOOD STILL."}};
}

}  // namespace torntape::validator
