#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

int number(FormatLine line) { return static_cast<int>(line); }

// The line before it that should come after it.
grammar::Line const* later_line_above(Message const& m, std::size_t index) {
  for (std::size_t i = 0; i != index; ++i)
    if (m.lines[i].format_line > m.lines[index].format_line) return &m.lines[i];
  return nullptr;
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::line_out_of_order, [&](View place) {
    auto const index = line_index(m, place);
    auto const* const above = later_line_above(m, index);
    if (above == nullptr) return;
    found
        .add(place, fmt::format("FL{} stands after FL{}, expected before it",
                                number(m.lines[index].format_line), number(above->format_line)))
        .note(above->text, fmt::format("FL{}", number(above->format_line)));
  });
}

// FL5 goes below FL6.
bool violate(Draft& draft, Random&) {
  auto const* const preamble = line_of(draft.message(), FormatLine::fl5);
  auto const* const originator = line_of(draft.message(), FormatLine::fl6);
  if (preamble == nullptr || originator == nullptr || preamble > originator) return false;
  if (preamble == &draft.message().lines.front()) return false;  // the message begins there
  auto const moved = std::string{whole(*originator)} + std::string{whole(*preamble)};
  return draft.replace(stretch(whole(*preamble), whole(*originator)), moved);
}

}  // namespace

Rule gen_11() {
  return {.id = "GEN-11",
          .name = "format-line-order",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::line_out_of_order),
          .check = check,
          .violate = violate,
          .page = {.what = "The format lines that are present stand in the order 1 to 16.",
                   .why = "A relay reads a heading from the top and stops where it has what it needs; a line "
                          "out of its place is read as part of another one, or not at all.",
                   .citation = "ACP 127(G) 142.b",
                   .good = "ZNY CCCCC ZZH\n"
                           "P 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA",
                   .bad = "ZNY CCCCC ZZH\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "P 190938Z AUG 09"}};
}

}  // namespace torntape::validator
