#include "grammar/fl05_preamble/preamble.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "grammar/fl05_preamble/damaged_preamble.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl05 {
namespace {

using Part = Preamble;

auto const strict = letters<1>[set<&Part::precedence>] >> ' ' >>
                    -(letters<1>[set<&Part::info_precedence>] >> ' ') >> take_digits<2>[set<&Part::day>] >>
                    digits<4>[set<&Part::time>] >> letters<1>[set<&Part::zone>] >>
                    ' ' >> letters<3>[set<&Part::month>] >> ' ' >> digits<2, 4>[set<&Part::year>] >>
                    *(' ' >> group[append<&Part::message_instructions>]);

[[nodiscard]] bool is_precedence(View letter) {
  return letter.size() == 1 && View("ZOPRY").find(letter.front()) != View::npos;
}

// "170141Z": four to seven digits and a letter; damage of one character included.
[[nodiscard]] bool may_be_day_and_time(View group) {
  if (group.size() < 5 || group.size() > 8 || !is_digit(group.front())) return false;
  unsigned digits = 0;
  for (char const c : group) digits += is_digit(c) ? 1 : 0;
  return digits >= 4 && is_letter(group.back()) && digits + 2 >= group.size();
}

[[nodiscard]] bool may_be_month(View group) {
  // "012345Z ZEX": a signal, where the month is left out.
  if (is_operating_signal(group)) return false;
  return group.size() >= 2 && group.size() <= 9 &&
         std::ranges::all_of(group, [](char c) { return is_letter(c) || is(Class::lower, c); });
}

// A precedence written out, as addressees have it.
[[nodiscard]] bool is_precedence_word(View group) {
  return group == "FLASH" || group == "IMMEDIATE" || group == "PRIORITY" || group == "ROUTINE";
}

// Two digits, or four of the years that two can mean (ACP 127(G) 113).
[[nodiscard]] bool is_year(View year, int pivot) {
  if (!all(Class::digit, year)) return false;
  int number = 0;
  for (char const digit : year.substr(0, 4)) number = number * 10 + (digit - '0');
  return year.size() == 2 || (year.size() == 4 && number >= pivot && number < pivot + 100);
}

// A group that is neither digits nor letters of a precedence, nor a word for one: FLASH, IMMEDIATE, PRIORITY,
// ROUTINE. Told from its first characters, as most lines begin so.
[[nodiscard]] bool begins_longer(View line) {
  if (line.size() <= 2 || is_blank(line[1]) || is_blank(line[2]) || is_digit(line.front())) return false;
  auto const begins = line.substr(0, 2);
  return begins != "FL" && begins != "IM" && begins != "PR" && begins != "RO";
}

// A day begins within the first characters, where the line may be a preamble at all.
[[nodiscard]] bool has_figure_early(View line) {
  auto const first = line.substr(0, 5);
  return std::ranges::any_of(first, is_digit);
}

// Skips the letters of the precedence; true when a date-time group follows.
[[nodiscard]] bool skip_precedence(View& line) {
  for (int letters = 0; letters != 3 && !line.empty(); ++letters) {
    if (begins_longer(line)) return false;
    auto after = line;
    auto const group = take_group(after);
    if (is_digit(group.front())) {
      auto const month = after.substr(0, after.find(' '));
      return may_be_day_and_time(group) || (group.size() == 6 && month_number(month) != 0);
    }
    if ((group.size() > 2 && !is_precedence_word(group)) || !all(Class::letter, group)) return false;
    line = after;
  }
  return false;
}

void read_precedence(View& line, Message& message) {
  auto& part = message.preamble;
  while (!line.empty() && !is_digit(line.front())) {
    auto const group = take_group(line);
    auto& letter = present(part.precedence) ? part.info_precedence : part.precedence;
    if (present(letter)) continue;
    letter = group;
    if (!is_precedence(group)) note(message, Feature::precedence_unknown, group);
  }
  if (!present(part.precedence)) note(message, Feature::precedence_missing, line.substr(0, 0));
}

[[nodiscard]] bool read_day_and_time(View group, Part& part) {
  std::size_t digits = 0;
  while (digits != group.size() && is_digit(group[digits])) ++digits;
  if (digits != 6) return false;
  part.day = group.substr(0, 2);
  part.time = group.substr(2, 4);
  part.zone = group.substr(6);
  return part.zone.size() == 1 && is_letter(part.zone.front());
}

// ACP 127(G) 113: month and year may be left out, and are in the illustrations; not so in the U.S. forms.
[[nodiscard]] bool may_lack_date(Profile profile) {
  return profile == Profile::acp127 || profile == Profile::acp126;
}

[[nodiscard]] bool has_digit(View group) { return std::ranges::any_of(group, is_digit); }

// "AUG X9": what stands where the year is due. "AUGX2009", "A G 2009": where month and year are due, as far
// as the year. Absent where an instruction follows.
[[nodiscard]] View odd_date(View line, Part const& part) {
  if (line.empty() || present(part.year)) return {};
  auto const first = line.substr(0, line.find(' '));
  auto after = line;
  for (int groups = 0; groups != (present(part.month) ? 1 : 3) && !after.empty(); ++groups) {
    auto const group = take_group(after);
    if (is_operating_signal(group) || group.size() > 8) return {};
    if (has_digit(group) && (group.size() >= 4 || groups != 0 || present(part.month)))
      return span(first, group);
  }
  return {};
}

// The first part of the group that cannot be read; empty at the place where one is missing.
[[nodiscard]] View odd_part(Message const& message, View first, bool is_read) {
  auto const& part = message.preamble;
  auto const end = part.date_time_group.substr(part.date_time_group.size());
  if (!is_read) return first;
  if (!present(part.year) && may_lack_date(message.profile)) return {};
  if (!present(part.month)) return end;
  if (!present(part.year)) return end;
  return is_year(part.year, message.conventions->year_pivot) ? View{} : part.year;
}

void read_month_and_year(View& line, View first, Part& part) {
  if (present(part.year)) return;
  if (may_be_month(line.substr(0, line.find(' ')))) {
    part.month = take_group(line);
    part.date_time_group = span(first, part.month);
  }
  if (present(part.month) && !line.empty() && is_digit(line.front())) {
    part.year = take_group(line);
    part.date_time_group = span(first, part.year);
  }
}

void read_date_time_group(View& line, Message& message) {
  auto& part = message.preamble;
  auto const first = take_group(line);
  part.date_time_group = first;
  bool const read = read_day_and_time(first, part);
  read_month_and_year(line, first, part);
  if (auto const date = odd_date(line, part); read && present(date)) {
    part.date_time_group = span(first, date);
    line = trim_left(line.substr(date.size()));
    return note(message, Feature::date_time_group_odd, date);
  }
  if (auto const odd = odd_part(message, first, read); present(odd))
    note(message, Feature::date_time_group_odd, odd);
  else if (!present(part.month))
    note(message, Feature::month_missing, first.substr(first.size()));
}

void read_instructions(View line, Message& message) {
  auto& part = message.preamble;
  while (!line.empty()) {
    auto const group = take_group(line);
    part.message_instructions.push_back(group);
  }
}

// The fault is told once, wherever it reaches.
void read_what_is_damaged(DamagedPreamble const& damaged, Message& message) {
  auto& part = message.preamble;
  part = damaged.parts;
  part.date_time_group = span(damaged.first, present(part.year) ? part.year : damaged.first);
  auto line = damaged.rest;
  read_month_and_year(line, damaged.first, part);
  if (!present(part.precedence)) note(message, Feature::precedence_missing, damaged.first.substr(0, 0));
  note(message, Feature::date_time_group_odd, damaged.fault);
  if (!present(part.month) && may_lack_date(message.profile))
    note(message, Feature::month_missing, damaged.first.substr(damaged.first.size()));
  read_instructions(line, message);
}

void read_tolerantly(View line, Message& message) {
  if (auto const damaged = read_damaged(line)) return read_what_is_damaged(*damaged, message);
  read_precedence(line, message);
  read_date_time_group(line, message);
  read_instructions(line, message);
}

void look_at_parts(Message& message) {
  auto& part = message.preamble;
  if (present(part.month) && month_number(part.month) == 0) note(message, Feature::month_odd, part.month);
  if (present(part.zone) && part.zone != "Z") note(message, Feature::zone_odd, part.zone);
  if (present(part.info_precedence)) note(message, Feature::dual_precedence);
  if (part.precedence.starts_with('Z')) note(message, Feature::flash);
  if (part.message_instructions.empty()) return;
  note(message, Feature::message_instruction);
  for (auto const instruction : part.message_instructions)
    if (instruction.find('/') != View::npos && instruction.find_first_not_of('/') != View::npos &&
        (instruction.front() == '/' || instruction.back() == '/'))
      note(message, Feature::decorated_instruction, instruction);
}

}  // namespace

// Lower case is a fault of its own.
// Three letters in one number, capitals or not: their cases differ in one bit.
static constexpr std::uint32_t packed(View letters) {
  std::uint32_t number = 0;
  for (char const c : letters) number = number << 8 | (static_cast<unsigned char>(c) & ~0x20U);
  return number;
}

unsigned month_number(View month) {
  constexpr std::array<std::uint32_t, 12> months{packed("JAN"), packed("FEB"), packed("MAR"), packed("APR"),
                                                 packed("MAY"), packed("JUN"), packed("JUL"), packed("AUG"),
                                                 packed("SEP"), packed("OCT"), packed("NOV"), packed("DEC")};
  if (month.size() != 3) return 0;
  auto const found = std::ranges::find(months, packed(month));
  return found == months.end() ? 0 : static_cast<unsigned>(found - months.begin()) + 1;
}

bool starts(View line) {
  auto after = line;
  return skip_precedence(after) || (has_figure_early(line) && read_damaged(line));
}

bool starts_plainly(View line) {
  constexpr std::size_t zone = 8;
  return line.size() > zone && is_letter(line[0]) && line[1] == ' ' && all(Class::digit, line.substr(2, 6)) &&
         is_letter(line[zone]) && (line.size() == zone + 1 || line[zone + 1] == ' ');
}

Reading read(View line, Message& message) {
  auto& part = message.preamble;
  auto reading = Reading::whole;
  if (reads(line, strict, part) && is_precedence(part.precedence) &&
      (!present(part.info_precedence) || is_precedence(part.info_precedence)) &&
      is_year(part.year, message.conventions->year_pivot)) {
    part.date_time_group = span(part.day, part.year);
  } else {
    part.message_instructions.clear();
    part.precedence = part.info_precedence = part.date_time_group = part.day = part.time = part.zone =
        part.month = part.year = {};
    reading = Reading::tolerated;
    read_tolerantly(line, message);
  }
  look_at_parts(message);
  return reading;
}

Reading read_continuation(View line, Message& message) {
  read_instructions(line, message);
  note(message, Feature::message_instruction);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl05
