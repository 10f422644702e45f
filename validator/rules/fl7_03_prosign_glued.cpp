#include <algorithm>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/indicator.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// "6037INFO": the number belongs to the address above, where that has none.
void check_number(Message const& m, View place, Findings& found) {
  auto const number = place.substr(0, place.find('I'));
  auto finding = found.add(number, "number is glued to INFO");
  auto const index = line_index(m, place);
  auto const above = std::ranges::find(m.addressees, index - 1, &grammar::Addressee::line);
  if (index == 0 || above == m.addressees.end() || grammar::present(above->message_continuity_number)) return;
  auto const& line = m.lines[index - 1];
  finding.suggest("move the number to the address above",
                  {insert_after(line.text, fmt::format(" {}", number)), erase(number)}, Safety::unsafe);
}

// "IFNO", "INF O" of "INF ORUEHBJ/..".
void check_damaged(Message const& m, View place, Findings& found) {
  auto const* const end = place.data() + place.size();
  auto const& line = m.lines[line_index(m, place)].text;
  auto const glued = end != line.data() + line.size() && *end != ' ' && *end != '\t';
  found.add(place, fmt::format("`{}` before an addressee, expected INFO", place))
      .suggest("write INFO", {replace(place, glued ? "INFO " : "INFO")}, Safety::unsafe);
}

// By an indicator and its slant what stands there is told for certain, by a name only nearly.
bool is_before_indicator(Message const& m, View prosign) {
  auto const& line = m.lines[line_index(m, prosign)].text;
  auto const address = line.substr(static_cast<std::size_t>(prosign.data() + prosign.size() - line.data()));
  return !fault_of_indicator(address.substr(0, address.find('/')), m);
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::prosign_glued, [&](View where) {
    if (where == "TO" || where == "INFO" || where == "XMT")
      found.add(where, fmt::format("no blank after {}", where))
          .suggest("insert a blank", {insert_after(where, " ")},
                   is_before_indicator(m, where) ? Safety::safe : Safety::unsafe);
    else if (where.front() >= '0' && where.front() <= '9')
      check_number(m, where, found);
    else
      check_damaged(m, where, found);
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const* const to = line_of(m, FormatLine::fl7);
  auto const* const info = line_of(m, FormatLine::fl8);
  auto const* const line = to == nullptr || (info != nullptr && random.below(2) == 0) ? info : to;
  auto const blank = line == nullptr ? View::npos : line->text.find(' ');
  if (blank != (line == info ? 4 : 2)) return false;
  return draft.erase(line->text.substr(blank, 1)) && draft.message().features.has(Feature::prosign_glued);
}

}  // namespace

Rule fl7_03() {
  return {
      .id = "FL7-03",
      .name = "prosign-glued",
      .severities = "EEEEE",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::prosign_glued),
      .check = check,
      .violate = violate,
      .page = {
          .what = "TO, INFO and XMT stand whole, and a blank after them.",
          .why = "A station that reads the line by its blanks finds neither the prosign nor the indicator.",
          .citation = "ACP 127(G) 138.e; observed in State headings 2001-2010",
          .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284",
          .bad = "TORUEHC/SECSTATE WASHDC PRIORITY 1284"}};
}

}  // namespace torntape::validator
