#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

constexpr unsigned most = 20;

bool begins_page(Message const& m, View line) {
  auto const is_it = [&](View mark) { return mark.data() == line.data(); };
  return std::ranges::any_of(m.page_marks, is_it, &grammar::PageMark::text) ||
         std::ranges::any_of(m.oddities, [&](grammar::Oddity const& oddity) {
           return oddity.feature == Feature::page_line_in_list && is_it(oddity.where);
         });
}

// Lines that print something; the mark of a page is not counted to it.
void check(Message const& m, Site const&, Findings& found) {
  unsigned lines = 0;
  for (auto const& line : m.lines) {
    if (line.format_line < FormatLine::fl5 || line.format_line > FormatLine::fl12) continue;
    each_source_line(line, [&](View text) {
      if (begins_page(m, text))
        lines = 0;
      else if (++lines == most + 1)
        found.add(text, fmt::format("page has more than {} lines", most));
    });
  }
}

bool violate(Draft& draft, Random& random) {
  auto const* const line = line_of(draft.message(), FormatLine::fl13);
  if (line == nullptr) return false;
  std::string text;
  for (auto left = 20 + random.below(9); left != 0; --left) text += "IT STOOD STILL FOR A YEAR.\n";
  return draft.insert_before(line->text, text);
}

}  // namespace

Rule fl12_08() {
  return {
      .id = "FL12-08",
      .name = "page-too-long",
      .severities = "-WWW-",
      .kinds = "wire",
      .check = check,
      .violate = violate,
      .page = {.what = "A page has at most 20 lines; those of the first are counted from FL5.",
               .why = "A long transmission cannot be stopped for one of higher precedence but between pages.",
               .citation = "ACP 127(G) 208.a-b",
               .good = "UNCLAS\n"
                       "THE CLOCK IS RIGHT AGAIN.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.\n"
                       "IT STOOD STILL.",
               .bad = "UNCLAS\n"
                      "THE CLOCK IS RIGHT AGAIN.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL.\n"
                      "IT STOOD STILL."}};
}

}  // namespace torntape::validator
