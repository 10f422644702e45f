#include <algorithm>

#include "grammar/alphabets/capture.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::string capitals(View text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// "l7lO15Z": a small l, o or i that touches a figure may stand for one; as a capital it could no longer be
// seen.
bool among_figures(Message const& m, View place) {
  auto const& line = m.lines[line_index(m, place)].text;
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  auto const small = [](char c) { return c == 'l' || c == 'o' || c == 'i'; };
  for (std::size_t i = 1; i < line.size(); ++i)
    if ((digit(line[i]) && small(line[i - 1])) || (small(line[i]) && digit(line[i - 1]))) return true;
  return false;
}

// A message in small letters throughout is one finding, and its mend writes the heading in capitals.
void check_whole(Message const& m, Findings& found) {
  std::vector<Change> changes;
  for (auto const& line : m.lines) {
    if (line.reading == grammar::Reading::outside || line.reading == grammar::Reading::blank) continue;
    if (line.format_line > FormatLine::fl12) break;
    changes.push_back(replace(line.text, std::string{line.text}));
    if (line.format_line == FormatLine::fl12) break;  // the classification
  }
  auto const begin = changes.front().place;
  found.add(begin, "the message is in small letters throughout, expected capitals")
      .suggest("write the heading in capitals", std::move(changes));
}

// The line as it was received, where that was in small letters.
View received(Message const& m, View line) {
  return grammar::as_received(m).substr(static_cast<std::size_t>(line.data() - m.source.data()), line.size());
}

// Whether it was not in small letters throughout.
bool has_lines_in_capitals(Message const& m) {
  return std::ranges::any_of(m.lines, [&](grammar::Line const& line) {
    auto const capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return line.format_line != FormatLine::none && line.format_line < FormatLine::fl12 &&
           std::ranges::any_of(received(m, line.text), capital);
  });
}

// Some lines of the heading were.
void check_lines(Message const& m, Findings& found) {
  for (auto const& line : m.lines)
    if (received(m, line.text) != line.text)
      found.add(line.text, "lower case in the heading, expected capitals").suggest(std::string{line.text});
}

// One finding a line, from its first small letter to its last.
void check(Message const& m, Site const&, Findings& found) {
  if (m.small_letters) return has_lines_in_capitals(m) ? check_lines(m, found) : check_whole(m, found);
  View place;
  auto const report = [&] {
    if (!grammar::present(place)) return;
    auto finding = found.add(place, "lower case in the heading, expected capitals");
    if (!among_figures(m, place)) finding.suggest(capitals(place));
  };
  each(m, Feature::lower_case, [&](View run) {
    if (grammar::present(place) && line_index(m, place) == line_index(m, run)) {
      place = stretch(place, run);
      return;
    }
    report();
    place = run;
  });
  report();
}

std::string small(View text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool violate(Draft& draft, Random& random) {
  auto const& addressees = draft.message().addressees;
  if (addressees.empty()) return false;
  auto const& addressee = random.one_of(addressees);
  auto const name = addressee.plain_language_address;
  // Without an indicator before it a line in small letters is taken for one of a text.
  if (!grammar::present(addressee.routing_indicator)) return false;
  return draft.replace(name, small(name));
}

}  // namespace

Rule gen_02() {
  return {.id = "GEN-02",
          .name = "lower-case-in-heading",
          .severities = "WEWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::lower_case),
          .silences = {"GEN-22"},
          .check = check,
          .violate = violate,
          .page = {.what = "Heading and classification lines are in capitals.",
                   .why = "The tape code has one case only. A receiving program that compares letters does "
                          "not find its own indicator in lower case.",
                   .citation = "ACP 127(G) 140; observed in State headings 2001-2010",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
                   .bad = "TO RUEHC/Secstate Washdc PRIORITY 1284"}};
}

}  // namespace torntape::validator
