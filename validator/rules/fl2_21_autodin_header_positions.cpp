#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// What stands in each position before the start of routing: L a letter, D a figure, X either, the rest
// itself.
constexpr View positions = "LLLLXXXX LLLLLLLDDDD DDDDDDD-LLLL";

bool fits(char c, char position) {
  switch (position) {
    case 'L':
      return grammar::is_letter(c);
    case 'D':
      return grammar::is_digit(c);
    case 'X':
      return grammar::is_letter(c) || grammar::is_digit(c);
    default:
      return c == position;
  }
}

std::string in_words(char position) {
  switch (position) {
    case 'L':
      return "a letter";
    case 'D':
      return "a figure";
    case 'X':
      return "a letter or a figure";
    case ' ':
      return "a space";
    default:
      return fmt::format("`{}`", position);
  }
}

// The first position that holds something else than it should.
void report_position(View header, Findings& found) {
  for (std::size_t i = 0; i != std::min(header.size(), positions.size()); ++i)
    if (!fits(header[i], positions[i])) {
      found.add(header.substr(i, 1), fmt::format("position {} of the header is `{}`, expected {}", i + 1,
                                                 header[i], in_words(positions[i])));
      return;
    }
  found.add(
      header.substr(std::min(header.size(), positions.size())),
      fmt::format("{} positions before the start of routing, expected {}", header.size(), positions.size()));
}

// The header as far as the start of routing, whatever part of it was found odd.
View header_of(Message const& m, View odd) {
  auto const line = grammar::trim(m.lines[line_index(m, odd)].text);
  return line.substr(0, line.find("--"));
}

void check(Message const& m, Site const&, Findings& found) {
  if (auto const odd = first(m, Feature::autodin_positions_odd); grammar::present(odd)) {
    auto const header = header_of(m, odd);
    if (odd.data() < header.data() + header.size()) return report_position(header, found);
    found.add(odd, "matter behind the end of routing");
    return;
  }
  // Blanks keep its positions.
  auto const originator = m.origin.routing_indicator;
  auto const least = m.conventions->originator_length;
  if (originator.size() < least)
    found.add(
        originator,
        fmt::format("indicator of the originator has {} letters, expected {}", originator.size(), least),
        Severity::warning);
}

bool violate(Draft& draft, Random& random) {
  auto const& part = draft.message().routing_line;
  if (!grammar::present(part.content_indicator)) return false;
  return random.below(2) == 0 ? draft.insert_after(part.content_indicator, random.pick("R", "W"))
                              : draft.erase(part.content_indicator.substr(3));
}

}  // namespace

Rule fl2_21() {
  return {.id = "FL2-21",
          .name = "autodin-header-positions",
          .severities = "---E-",
          .kinds = "all",
          .when = has(Feature::autodin_header),
          .check = check,
          .violate = violate,
          .page = {.what = "The header has 33 fixed positions before the start of routing, with separators "
                           "in positions 9, 21 and 29.",
                   .why = "A switch reads the header by its positions alone: one too many or too few, and it "
                          "rejects the message.",
                   .citation = "U.S. service manuals",
                   .good = "PTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC.",
                   .bad = "PTTUZYUWR RTCATRM0512 2310941-UUUU--RTBAOSC."}};
}

}  // namespace torntape::validator
