// Classes of characters and small helpers on views. Private to grammar/.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar {

// ACP 127(G) 140: what ITA2 prints; State and U.S. terminals add ' " $ & ; ! #.
enum class Class : std::uint8_t {
  letter = 1,    // A-Z
  digit = 2,     // 0-9
  blank = 4,     // space, tab
  group = 8,     // anything but a blank
  lower = 16,    // a-z
  control = 32,  // below space, DEL
  foreign = 64,  // printing, but not in the tape set; all above ASCII
  mark = 128     // in the tape set, but in no name: ? " $ ; ! #
};

namespace detail {
constexpr std::array<std::uint8_t, 256> classes() {
  constexpr View tape = "-?:().,/'\"$&;!# ";
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c != 256; ++c) {
    auto const character = static_cast<char>(c);
    unsigned bits = 0;
    if (character == ' ')
      bits |= 4U;
    else if (character == '\t')
      bits |= 4U | 32U;  // parts groups as a blank does, and has no place here
    else
      bits |= 8U;
    if (c >= 'A' && c <= 'Z')
      bits |= 1U;
    else if (c >= '0' && c <= '9')
      bits |= 2U;
    else if (c >= 'a' && c <= 'z')
      bits |= 16U;
    else if (c < ' ' || c == 127)
      bits |= 32U;
    else if (View("?\"$;!#").find(character) != View::npos)
      bits |= 128U;
    else if (tape.find(character) == View::npos)
      bits |= 64U;
    table[c] = static_cast<std::uint8_t>(bits);
  }
  return table;
}
inline constexpr auto class_table = classes();
}  // namespace detail

[[nodiscard]] constexpr std::uint8_t classes_of(char c) {
  return detail::class_table[static_cast<unsigned char>(c)];
}
[[nodiscard]] constexpr bool is(Class of, char c) {
  return (classes_of(c) & static_cast<std::uint8_t>(of)) != 0;
}
[[nodiscard]] constexpr bool is_letter(char c) { return is(Class::letter, c); }
[[nodiscard]] constexpr bool is_digit(char c) { return is(Class::digit, c); }
[[nodiscard]] constexpr bool is_blank(char c) { return is(Class::blank, c); }

[[nodiscard]] constexpr bool all(Class of, View view) {
  for (char const c : view)
    if (!is(of, c)) return false;
  return !view.empty();
}
[[nodiscard]] constexpr bool same_letter(View view) {
  for (char const c : view)
    if (c != view.front()) return false;
  return !view.empty();
}

[[nodiscard]] constexpr View trim_right(View line) {
  while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
  return line;
}
[[nodiscard]] constexpr View trim_left(View line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  return line;
}
[[nodiscard]] constexpr View trim(View line) { return trim_left(trim_right(line)); }

// From the beginning of one view to the end of another, later one.
[[nodiscard]] constexpr View span(View first, View last) {
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}
[[nodiscard]] constexpr View from(View line, std::size_t at) { return line.substr(at); }

// Takes the first group off a line, and the blanks after it.
constexpr View take_group(View& line) {
  std::size_t end = 0;
  while (end != line.size() && !is_blank(line[end])) ++end;
  auto const group = line.substr(0, end);
  line = trim_left(line.substr(end));
  return group;
}
// Takes the last group off a line, and the blanks before it.
constexpr View take_last_group(View& line) {
  std::size_t begin = line.size();
  while (begin != 0 && !is_blank(line[begin - 1])) --begin;
  auto const group = line.substr(begin);
  line = trim_right(line.substr(0, begin));
  return group;
}

// A routing indicator by its form alone: 4-7 letters, the first R or Q (worldwide, theatre).
[[nodiscard]] constexpr bool is_routing_indicator(View group) {
  return group.size() >= 4 && group.size() <= 7 && (group.front() == 'R' || group.front() == 'Q') &&
         all(Class::letter, group);
}
// An operating signal: Z or Q, two letters, maybe a digit (ACP 127(G) 135).
[[nodiscard]] constexpr bool is_operating_signal(View group) {
  return (group.size() == 3 || (group.size() == 4 && is_digit(group[3]))) &&
         (group.front() == 'Z' || group.front() == 'Q') && is_letter(group[1]) && is_letter(group[2]);
}

inline void note(Message& message, Feature feature) { message.features.set(feature); }
// Oddities of one message with a place of their own; the last one says that the limit was reached, further
// ones set their feature only, so that a message of nothing but faults does not outgrow its bytes many times.
inline constexpr std::size_t max_oddities = 5000;

inline void note(Message& message, Feature feature, View where) {
  message.features.set(feature);
  auto const room = max_oddities - message.oddities.size();
  if (room == 0) return;
  if (room == 1) message.features.set(Feature::limit_reached);
  message.oddities.push_back({room == 1 ? Feature::limit_reached : feature, where});
}

[[nodiscard]] inline std::string in_capitals(View text) {
  std::string capitals(text);
  for (char& c : capitals)
    if (is(Class::lower, c)) c = static_cast<char>(c - 'a' + 'A');
  return capitals;
}

// Which letters a word has, a bit each.
[[nodiscard]] constexpr std::uint32_t letters_of(View word) {
  std::uint32_t set = 0;
  for (char const c : word) set |= std::uint32_t{1} << (static_cast<unsigned char>(c) % 32);
  return set;
}
// A letter that only one of two words has is a step for itself: whether there are more such than `most` of
// either.
[[nodiscard]] constexpr bool differ_by_more(std::uint32_t a, std::uint32_t b, unsigned most) {
  auto only_a = a & ~b, only_b = b & ~a;
  for (; most != 0; --most) {
    only_a &= only_a - 1;  // takes one out, if there is one
    only_b &= only_b - 1;
  }
  return (only_a | only_b) != 0;
}

// The distance of two words: letters inserted, left out, replaced or swapped with their neighbour.
[[nodiscard]] unsigned edit_distance(View a, View b);
// Whether two words of capitals are at most so far apart; words that share few letters are told at once.
[[nodiscard]] bool is_near(View a, View b, unsigned most);

}  // namespace torntape::grammar
