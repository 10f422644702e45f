#include <algorithm>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
bool stands_at(View part, View where) { return grammar::present(part) && part.data() == where.data(); }

// Where something is lost: a blank, the zone, the month or the year.
std::string text_for_gap(View where, grammar::Preamble const& parts) {
  auto const end = parts.date_time_group.data() + parts.date_time_group.size();
  if (where.data() == end && grammar::present(parts.zone))
    return fmt::format("date-time group has no {}, expected the form 170141Z AUG 09",
                       grammar::present(parts.month) ? "year" : "month");
  if (!grammar::present(parts.zone)) return "zone is missing after the time, expected Z";
  if (stands_at(parts.month, where)) return "no blank before the month";
  if (stands_at(parts.year, where)) return "no blank before the year";
  return "no blank between the precedence and the date-time group";
}

// The parser notes the first part that is wrong, or all that is to be set right.
std::string text_for(View where, grammar::Preamble const& parts, int pivot) {
  if (where.empty()) return text_for_gap(where, parts);
  if (where.find_first_not_of(" \t") == View::npos)
    return "blank inside the day, the time and the zone, expected the form 170141Z";
  if (stands_at(parts.precedence, where) && where.size() == parts.precedence.size())
    return where.data() >= parts.date_time_group.data()
               ? fmt::format("precedence `{}` stands after the time, expected before the day", where)
               : fmt::format("`{}` is glued to the day, expected one letter and a blank", where);
  if (where.size() == 1 && is_letter(where.front()) && !stands_at(parts.zone, where))
    return fmt::format("letter `{}` in place of a figure", where);
  if (where.data() > parts.zone.data() && grammar::present(parts.zone) && !grammar::present(parts.year))
    return fmt::format("`{}` in place of {}, expected the form 170141Z AUG 09", where,
                       grammar::present(parts.month) ? "the year" : "month and year");
  if (where.data() == parts.year.data())
    return fmt::format("`{}` is no year, expected two digits, or four of {}-{}", where, pivot, pivot + 99);
  if (where.find_first_of(" \t") != View::npos)
    return fmt::format("`{}` in the preamble, expected the form P 170141Z AUG 09", where);
  return fmt::format("`{}` is no day and time, expected six digits and the zone: 170141Z", where);
}

char figure_for(char c) { return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c; }

std::string figures(View part) {
  std::string out;
  for (char const c : part)
    if (c != ' ' && c != '\t') out += figure_for(c);
  return out;
}

// The six figures of day and time, in whatever groups they stand; empty where there are more or fewer.
std::string day_and_time(grammar::Preamble const& parts) {
  auto const next = grammar::present(parts.zone) ? parts.zone : parts.month;
  if (!grammar::present(next)) return {};
  auto out = figures(stretch(parts.date_time_group.substr(0, 0), next.substr(0, 0)));
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  return out.size() == 6 && std::ranges::all_of(out, digit) ? out : std::string{};
}

// "PP" stands in FL2; "PR" is a dual precedence whose blank is lost.
std::string precedence(grammar::Preamble const& parts) {
  auto const letters = parts.precedence;
  if (letters.empty()) return {};
  std::string out{letters.front()};
  if (letters.size() == 2 && letters[0] != letters[1]) out += {' ', letters[1]};
  if (grammar::present(parts.info_precedence)) out.append(" ").append(parts.info_precedence);
  return out + ' ';
}

// The line as far as its date-time group, as it was meant; empty where that cannot be told.
std::string meant(grammar::Preamble const& parts) {
  auto const figures_of_group = day_and_time(parts);
  if (figures_of_group.empty() || !grammar::present(parts.month) != !grammar::present(parts.year)) return {};
  auto text = precedence(parts) + figures_of_group;
  text += grammar::present(parts.zone) ? parts.zone : View{"Z"};
  if (grammar::present(parts.month))
    text.append(" ").append(parts.month).append(" ").append(figures(parts.year));
  return text;
}

std::string without_blanks(View text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ' ' && c != '\t'; });
  return out;
}

void suggest(Finding& finding, grammar::Preamble const& parts) {
  auto const group = parts.date_time_group;
  auto const misplaced = grammar::present(parts.precedence) && parts.precedence.data() > group.data();
  auto const line =
      grammar::present(parts.precedence) && !misplaced ? stretch(parts.precedence, group) : group;
  auto const text = meant(parts);
  if (text.empty() || text == line) return;
  // Blanks alone change nothing of what is meant; two letters together may be one that was struck twice.
  auto const only_blanks = without_blanks(text) == without_blanks(line) && parts.precedence.size() < 2;
  finding.suggest(fmt::format("write {}", text), {replace(line, text)},
                  only_blanks ? Safety::safe : Safety::unsafe);
}

// Of the message or, where it is readdressed, of the original one: the preamble that the place stands in.
grammar::Preamble const& preamble_at(Message const& m, View where) {
  if (m.original.empty()) return m.preamble;
  auto const& original = m.original.front().preamble;
  auto const begin = grammar::present(original.precedence) ? original.precedence : original.date_time_group;
  return grammar::present(begin) && where.data() >= begin.data() ? original : m.preamble;
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::date_time_group_odd, [&](View where) {
    if (std::ranges::any_of(where, is_control)) return;  // GEN-07
    auto const& parts = preamble_at(m, where);
    auto finding = found.add(where, text_for(where, parts, m.conventions->year_pivot));
    suggest(finding, parts);
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& parts = draft.message().preamble;
  if (!grammar::present(parts.zone) || !grammar::present(parts.month)) return false;
  switch (random.below(5)) {
    case 0:
      return draft.insert_before(parts.time, " ");
    case 1:
      return draft.erase(View{parts.month.data() - 1, 1});
    case 2:
      return draft.erase(parts.zone);
    default:
      break;
  }
  auto const year_due =
      draft.message().profile != Profile::acp127 && draft.message().profile != Profile::acp126;
  if (year_due && random.below(2) == 0)
    return draft.erase(View{parts.year.data() - 1, parts.year.size() + 1});
  return draft.erase(parts.time.substr(parts.time.size() - 1));
}

}  // namespace

Rule fl5_04() {
  return {.id = "FL5-04",
          .name = "date-time-group-form",
          .severities = "EEEEE",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::date_time_group_odd),
          .silences = {"FL5-03", "FL5-05", "FL5-06", "FL5-14"},
          .check = check,
          .violate = violate,
          .page = {.what = "The date-time group is two digits for the day, four for the time, the zone "
                           "letter, the month and the year.",
                   .why = "The group identifies the message for ever: it is quoted in every reference, "
                          "tracer and readdressal.",
                   .citation = "ACP 127(G) 113; observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 09",
                   .bad = "P 19093Z AUG 09"}};
}

}  // namespace torntape::validator
