#include "grammar/fl07_addressees/addressees.hpp"

#include <algorithm>
#include <array>

#include "grammar/characters.hpp"
#include "grammar/fl07_addressees/address_line.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar::fl07 {
namespace {

// "TORUEHC/SECSTATE WASHDC", "TOSECSTATE WASHDC": a prosign, and a whole indicator and its slant or the first
// word of a name, with no blank between.
[[nodiscard]] bool is_glued(View line, View prosign) {
  if (!line.starts_with(prosign)) return false;
  auto const after = line.substr(prosign.size());
  auto const length = indicator_length(after);
  return (length >= 5 && is_routing_indicator(after.substr(0, length))) ||
         std::ranges::any_of(first_words, [&](View word) { return after.starts_with(word); });
}

[[nodiscard]] bool is_prosign(View line, View prosign) {
  if (!line.starts_with(prosign)) return false;
  return line.size() == prosign.size() || is_blank(line[prosign.size()]) || line[prosign.size()] == ':';
}

// "RUEHKO/AMEMBASSY TOKYO RUEHUL/AMEMBASSY SEOUL": where a second address begins on the line; npos where
// there is none.
[[nodiscard]] std::size_t second_address(View line) {
  for (auto slant = line.find('/', 8); slant != View::npos; slant = line.find('/', slant + 1)) {
    auto begin = slant;
    while (begin != 0 && is_letter(line[begin - 1])) --begin;
    auto const indicator = line.substr(begin, slant - begin);
    if (begin != 0 && line[begin - 1] == ' ' && indicator.size() >= 5 && is_routing_indicator(indicator) &&
        !line.substr(slant).starts_with("//"))
      return begin;
  }
  return View::npos;
}

// Copied where an addressee begins: g++ empties a new one by a string instruction that takes longer than its
// line.
constexpr Addressee none_yet{};

// The last addressee, as one of this list on the line that is read.
void place_last(AddresseeKind kind, Message& message) {
  auto& addressee = message.addressees.back();
  addressee.kind = kind;
  addressee.line = static_cast<std::uint32_t>(message.lines.size());
  if (kind == AddresseeKind::info) note(message, Feature::info_addressee);
}

constexpr View info = "INFO";

// "6037INFO RUEHBJ/..": the number of the address above, glued to the prosign.
[[nodiscard]] std::size_t number_before_info(View line) {
  std::size_t digits = 0;
  while (digits != line.size() && is_digit(line[digits])) ++digits;
  bool const glued = digits != 0 && digits <= 9 && line.substr(digits).starts_with(info);
  return glued && is_prosign(line.substr(digits), info) ? digits : 0;
}

// How far the letters, blanks apart, are from INFO; more than 1 is too far.
[[nodiscard]] unsigned steps_to_info(View text) {
  std::array<char, 5> letters{};
  std::size_t count = 0;
  for (char const c : trim_right(text)) {
    if (is_blank(c)) continue;
    if (!is_letter(c) || count == letters.size()) return 2;
    letters[count++] = c;
  }
  return count < 3 ? 2 : edit_distance(View(letters.data(), count), info);
}

// An indicator and a slant, or, behind a blank, the first word of a name.
[[nodiscard]] bool stands_before_address(View line) {
  bool const apart = !line.empty() && is_blank(line.front());
  line = trim_left(line);
  auto const length = indicator_length(line);
  if (length >= 5 && is_routing_indicator(line.substr(0, length))) return true;
  return apart && std::ranges::any_of(first_words, [&](View word) { return line.starts_with(word); });
}

Reading read_one(View line, AddresseeKind kind, Message& message) {
  if (message.addressees.size() == max_addressees) {
    note(message, Feature::limit_reached, line);
    return Reading::unread;
  }
  auto const reading = read_address(line, message.addressees.emplace_back(none_yet), message);
  place_last(kind, message);
  return reading;
}

[[nodiscard]] bool has_neighbour_with_number(Message const& message, std::size_t i) {
  auto const& list = message.addressees;
  return (i != 0 && present(list[i - 1].message_continuity_number)) ||
         (i + 1 < list.size() && present(list[i + 1].message_continuity_number));
}

[[nodiscard]] bool holds(View outer, View inner) {
  return inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size();
}

// "SEOUL 866" beside addresses that are numbered: the number it was meant as. Glued digits stay part of
// the name, for nobody can say where it ends.
void judge_number(Message& message, std::size_t i, View digits) {
  auto& addressee = message.addressees[i];
  auto& name = addressee.plain_language_address;
  auto before = name;
  if (take_last_group(before) != digits || before.empty() || !all(Class::digit, digits)) return;
  addressee.message_continuity_number = digits;
  name = before;
  if (!present(addressee.precedence_word)) take_precedence(name, addressee);
  note_number(addressee, message);
}

void judge_numbers(Message& message) {
  std::erase_if(message.oddities, [&](Oddity const& oddity) {
    if (oddity.feature != Feature::continuity_number_odd) return false;
    for (std::size_t i = 0; i != message.addressees.size(); ++i) {
      if (message.addressees[i].message_continuity_number.data() == oddity.where.data()) return false;
      if (!holds(message.addressees[i].plain_language_address, oddity.where)) continue;
      if (!has_neighbour_with_number(message, i)) return true;
      judge_number(message, i, oddity.where);
      return false;
    }
    return true;
  });
}

void look_for_continued_names(Message& message) {
  for (std::size_t i = 1; i < message.addressees.size(); ++i) {
    auto const& before = message.addressees[i - 1];
    auto const& here = message.addressees[i];
    // ACP 127(G) 224: the rest of a long name.
    if (here.line == before.line + 1 && !present(here.routing_indicator) && !here.other_means &&
        here.plain_language_address.size() < 20 && present(before.routing_indicator) &&
        !present(before.precedence_word) && !present(before.message_continuity_number) &&
        before.plain_language_address.size() + before.routing_indicator.size() > 45)
      note(message, Feature::address_continued, here.plain_language_address);
  }
}

}  // namespace

std::optional<AddresseeKind> starts(View line) {
  if (!line.starts_with('T') && !line.starts_with('I')) return std::nullopt;
  if (is_prosign(line, "TO") || is_glued(line, "TO")) return AddresseeKind::action;
  if (is_prosign(line, "INFO") || is_glued(line, "INFO")) return AddresseeKind::info;
  return std::nullopt;
}

bool has_indicator(View line) { return indicator_length(line) != 0; }

std::size_t damaged_prosign(View line) {
  auto const group = take_group(line);
  if (line.empty()) return 0;
  // "T O RUEHC/..", "T ORUEHC/.."
  if (group == "T" && line.front() == 'O')
    if (auto const address = line.substr(1); stands_before_address(address))
      return static_cast<std::size_t>(address.data() - group.data());
  // After FM nothing but TO is due.
  if (group.size() <= 3 && all(Class::letter, group) && edit_distance(group, "TO") == 1) return group.size();
  auto const length = indicator_length(line);
  if (group.size() <= 3 && length >= 5 && is_routing_indicator(line.substr(0, length))) return group.size();
  return 0;
}

std::size_t damaged_info(View line) {
  // No name begins with N, F or X, and no indicator has a digit first.
  if (auto const digits = number_before_info(line); digits != 0) return digits + info.size();
  std::size_t best = 0;
  unsigned distance = 2;
  for (std::size_t length = 3; length <= std::min<std::size_t>(7, line.size()); ++length) {
    if (!stands_before_address(line.substr(length))) continue;
    auto const steps = steps_to_info(line.substr(0, length));
    if (steps >= distance) continue;
    best = length;
    distance = steps;
  }
  return best;
}

std::size_t list_begins(View line) {
  if (line.find('/') == View::npos) return View::npos;
  for (View const prosign : {View(" TO "), View(" INFO ")})
    if (auto const at = line.find(prosign); at != View::npos)
      if (indicator_length(trim_left(line.substr(at + prosign.size()))) >= 5) return at + 1;
  return View::npos;
}

bool is_surely_address(View line) {
  if (has_indicator(line)) return true;
  if (line.size() > 8 && is_routing_indicator(line.substr(0, std::min<std::size_t>(5, line.size())))) {
    // A lost or garbled slant: the address reader knows the shapes.
    for (auto const word : first_words)
      if (line.find(word) <= 8) return true;
    std::size_t length = 0;
    while (length != line.size() && is_letter(line[length])) ++length;
    if (length >= 5 && length <= 7 && line[length] != ' ') return true;
  }
  return std::ranges::any_of(first_words, [&](View word) { return line.starts_with(word); });
}

bool may_be_address(View line) {
  if (line.size() > 72) return false;
  constexpr std::array<View, 9> text_words{"SUBJECT", "SUBJ", "TAGS",      "E.O.", "REF",
                                           "SIPDIS",  "EO ",  "SENSITIVE", "1. "};
  if (std::ranges::any_of(text_words, [&](View word) { return line.starts_with(word); })) return false;
  return std::ranges::none_of(line, [](char c) { return is(Class::lower, c); });
}

bool is_precedence_and_number(View line) {
  auto word = take_group(line);
  if (word == "NIACT") word = take_group(line);
  constexpr std::array<View, 4> words{"PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH"};
  if (std::ranges::find(words, word) == words.end()) return false;
  return line.empty() || (line.size() == 4 && all(Class::digit, line));
}

bool is_distribution(View line, bool inside) {
  constexpr View dashes = "------";
  if (inside && line.starts_with(dashes)) return true;
  auto after = line;
  auto const word = take_group(after);
  if (word == "ACTION" || word == info)
    line = after;
  else if (!inside)
    return false;
  // "SCA-00"; the sum of them, "/038W", ends the last line.
  auto const is_count = [](View group) {
    auto const dash = group.find('-');
    return dash != View::npos && dash != 0 && dash + 3 == group.size() &&
           all(Class::digit, group.substr(dash + 1));
  };
  if (line.empty()) return false;
  while (!line.empty())
    if (auto const group = take_group(line); !is_count(group) && !group.starts_with('/')) return false;
  return true;
}

bool is_page_line(View line) {
  if (!line.starts_with("PAGE") || take_group(line) != "PAGE") return false;
  auto const number = take_group(line);
  return number.size() <= 3 && all(Class::digit, number) && !line.empty();
}

Reading read_first(View line, Message& message) {
  auto const kind = line.starts_with("TO") ? AddresseeKind::action : AddresseeKind::info;
  auto const prosign = line.substr(0, kind == AddresseeKind::action ? 2 : 4);
  auto rest = line.substr(prosign.size());
  auto reading = Reading::whole;
  if (!rest.empty() && rest.front() == ':') {
    rest.remove_prefix(1);
    reading = Reading::tolerated;
  }
  if (!rest.empty() && !is_blank(rest.front()) && reading == Reading::whole) {
    note(message, Feature::prosign_glued, prosign);
    reading = Reading::tolerated;
  }
  rest = trim_left(rest);
  if (rest.empty()) return reading;
  auto const of_address = read_next(rest, kind, message);
  return reading == Reading::whole ? of_address : reading;
}

// Five to seven characters between a blank and a slant that is not one of two, as in "//J3//".
[[nodiscard]] static bool may_hold_second(Places const& at) {
  auto const alone = at.slants & ~(at.slants << 1 | at.slants >> 1);
  return (alone & (at.blanks << 6 | at.blanks << 7 | at.blanks << 8)) != 0;
}

bool read_common(View line, AddresseeKind kind, Message& message) {
  if (!fits_places(line) || message.addressees.size() == max_addressees) return false;
  auto const at = places_of(line);
  if (!at.plain || (may_hold_second(at) && second_address(line) != View::npos)) return false;
  if (!read_common(line, at, message.addressees.emplace_back(none_yet), message)) {
    message.addressees.pop_back();
    return false;
  }
  place_last(kind, message);
  return true;
}

// "…PRIORITY 6037INFO RUEHBJ/..", "…TOKYOINFO RUEHBJ/..": the length of INFO and its blank before a second
// address; 0 where it is not.
[[nodiscard]] static std::size_t info_before(View line, std::size_t second) {
  auto const before = trim_right(line.substr(0, second));
  if (!before.ends_with(info) || before.size() == info.size()) return 0;
  auto whole = before;
  if (take_last_group(whole) == "USINFO") return 0;  // a name
  return second - (before.size() - info.size());
}

Reading read_next(View line, AddresseeKind kind, Message& message) {
  if (read_common(line, kind, message)) return Reading::whole;
  auto reading = Reading::whole;
  for (;;) {
    auto const second = second_address(line);
    auto const end = second == View::npos ? second : second - info_before(line, second);
    auto const one = read_one(trim_right(line.substr(0, end)), kind, message);
    if (one != Reading::whole) reading = one;
    if (second == View::npos) return reading;
    auto const prosign = info_before(line, second);
    if (prosign != 0) kind = AddresseeKind::info;
    note(message, Feature::several_addresses_on_line, line.substr(second - prosign));
    line = line.substr(second);
    reading = Reading::tolerated;
  }
}

void finish(Message& message) {
  if (message.features.has(Feature::continuity_number_odd)) judge_numbers(message);
  if (message.features.has(Feature::addressee_indicator_missing)) look_for_continued_names(message);
}

}  // namespace torntape::grammar::fl07
