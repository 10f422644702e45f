#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::size_t digits_at_end(View group) { return group.size() - 1 - group.find_last_not_of("0123456789"); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
char figure_for(char c) { return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c; }

// "086O", "08 66": the four figures that were meant; empty where that cannot be told.
std::string figures(View number) {
  std::string out;
  for (char const c : number)
    if (c != ' ' && c != '.') out += figure_for(c);
  return out.size() == 4 && std::ranges::all_of(out, is_digit) ? out : std::string{};
}

// The line below holds nothing but the other figures (FL7-20).
bool goes_on_below(Message const& m, View where) {
  auto const below = line_index(m, where) + 1;
  if (below >= m.lines.size()) return false;
  auto const text = m.lines[below].text;
  return !text.empty() && where.size() + text.size() == 4 && std::ranges::all_of(text, is_digit);
}

View kind_of_damage(View number) {
  if (number.find(' ') != View::npos) return "blank";
  auto const letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  return std::ranges::any_of(number, letter) ? "letter" : "mark";
}

void judge_damaged(View number, Findings& found) {
  found
      .add(number, fmt::format("{} in the continuity number `{}`, expected four digits",
                               kind_of_damage(number), number))
      .suggest(figures(number));
}

void judge(Message const& m, View where, Findings& found) {
  auto const of_its_own = std::ranges::any_of(m.addressees, [&](grammar::Addressee const& each) {
    return each.message_continuity_number.data() == where.data();
  });
  auto const digits = digits_at_end(where);
  if (digits < where.size() && (of_its_own || !figures(where).empty())) return judge_damaged(where, found);
  if (digits < where.size()) {
    auto finding = found.add(where, "continuity number is glued to the name");
    if (digits == 4)
      finding.suggest("insert a blank", {insert_before(where.substr(where.size() - digits), " ")});
    return;
  }
  if (goes_on_below(m, where)) return;
  auto finding = found.add(where, fmt::format("continuity number has {} digits, expected four", digits));
  if (digits < 4) finding.suggest(fmt::format("{:0>4}", where));
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::continuity_number_odd, [&](View where) { judge(m, where, found); });
}

// Only beside another number, and only at State's own posts, are such digits known to be a number.
bool is_known_for_one(Message const& m, std::size_t i) {
  auto const& list = m.addressees;
  auto const numbered = [&](std::size_t j) { return grammar::present(list[j].message_continuity_number); };
  return list[i].routing_indicator.starts_with("RUEH") && !grammar::present(list[i].precedence_word) &&
         list[i].message_continuity_number.size() == 4 &&
         ((i != 0 && numbered(i - 1)) || (i + 1 != list.size() && numbered(i + 1)));
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  for (std::size_t i = 0; i != m.addressees.size(); ++i) {
    if (!is_known_for_one(m, i)) continue;
    auto const number = m.addressees[i].message_continuity_number;
    if (number.starts_with('0') && random.below(2) == 0) return draft.erase(number.substr(0, 1));
    return draft.erase(View{number.data() - 1, 1});
  }
  return false;
}

}  // namespace

Rule fl7_11() {
  return {.id = "FL7-11",
          .name = "continuity-number-form",
          .severities = "W---W",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::continuity_number_odd),
          .silences = {"FL7-26", "FL7-27"},
          .check = check,
          .violate = violate,
          .page = {.what = "A message continuity number has four digits and stands apart from the name.",
                   .why = "The addressee counts these numbers to see that no message is missing; a damaged "
                          "one falls out of the count.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RUEHBJ/AMEMBASSY BEIJING 1205\n"
                           "RUEHUL/AMEMBASSY SEOUL 0866",
                   .bad = "INFO RUEHBJ/AMEMBASSY BEIJING 1205\n"
                          "RUEHUL/AMEMBASSY SEOUL 866"}};
}

}  // namespace torntape::validator
