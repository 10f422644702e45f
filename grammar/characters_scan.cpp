#include "grammar/characters_scan.hpp"

#include <algorithm>

#include "grammar/alphabets/capture.hpp"
#include "grammar/block.hpp"
#include "grammar/characters.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

// ACP 127(G) 138.f has 69 characters.
std::size_t limit_of(Line const& line, Conventions const& conventions) {
  auto const routing = line.format_line == FormatLine::fl2;
  return routing ? std::min(conventions.line_length, conventions.routing_line_length)
                 : conventions.line_length;
}

// Notes each run of characters of one class.
void note_runs(Message& message, View text, Class of, Feature feature) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is(of, text[i])) continue;
    auto const begin = i;
    while (i != text.size() && is(of, text[i])) ++i;
    note(message, feature, text.substr(begin, i - begin));
  }
}

// What ASCII terminals have beside the set of ACP 127(G) 140.
constexpr View added_by_ascii = "'\"$&;!#";

bool note_signs(Message& message, View text, View signs) {
  auto const begin = text.find_first_of(signs);
  for (auto at = begin; at != View::npos; at = text.find_first_of(signs, at + 1))
    note(message, Feature::foreign_character, text.substr(at, 1));
  return begin != View::npos;
}

void note_doubled_blanks(Message& message, View text) {
  for (auto at = text.find("  "); at != View::npos; at = text.find("  ", at)) {
    auto end = at;
    while (end != text.size() && text[end] == ' ') ++end;
    note(message, Feature::doubled_blank, text.substr(at, end - at));
    at = end;
  }
}

// The bell before a FLASH is prescribed (ACP 127(G) 137.e, 151.b).
[[nodiscard]] View without_bell(View text, Message const& message) {
  auto const bell = message.routing_line.bell;
  return present(bell) && bell.data() == text.data() ? text.substr(bell.size()) : text;
}

void note_line(Message& message, Line const& line) {
  char const serial_mark = line.format_line == FormatLine::fl3 ? '#' : ' ';
  auto const limit = limit_of(line, *message.conventions);
  if (line.text.size() <= limit && is_plain(line.text, serial_mark)) return;
  auto const whole = line.text.substr(0, max_line_length);
  auto const trimmed = trim_right(whole);
  auto const text = trim_left(trimmed);
  if (trimmed.size() != whole.size()) note(message, Feature::trailing_blank, whole.substr(trimmed.size()));
  if (text.size() != trimmed.size() && !text.empty())
    note(message, Feature::leading_blank, trimmed.substr(0, trimmed.size() - text.size()));
  if (trimmed.size() > limit) note(message, Feature::line_over_limit, trimmed.substr(limit));
  unsigned bits = 0;
  for (char const c : without_bell(text, message)) bits |= classes_of(c);
  if ((bits & static_cast<unsigned>(Class::lower)) != 0)
    note_runs(message, text, Class::lower, Feature::lower_case);
  if ((bits & static_cast<unsigned>(Class::control)) != 0)
    note_runs(message, without_bell(text, message), Class::control, Feature::control_character);
  if ((bits & static_cast<unsigned>(Class::foreign)) != 0)
    note_runs(message, text, Class::foreign, Feature::foreign_character);
  bool const named = line.format_line >= FormatLine::fl6 && line.format_line <= FormatLine::fl9;
  auto const ascii_only =
      message.conventions->tape_set == TapeSet::ita2 && note_signs(message, text, added_by_ascii);
  if (named && !ascii_only && (bits & static_cast<unsigned>(Class::mark)) != 0)
    note_runs(message, text, Class::mark, Feature::name_character_odd);
  // Five spaces part the identification of FL1 from its security prosign (ACP 127(G) 138.a).
  bool const spaced = line.format_line == FormatLine::fl1 &&
                      (message.profile == Profile::acp127 || message.profile == Profile::acp126);
  if (!spaced) note_doubled_blanks(message, text);
}

// Characters of IA5 received with wrong parity.
void note_faults(Message& message, View text) {
  auto const faults = message.capture->faults();
  auto const begin = static_cast<std::size_t>(text.data() - message.source.data());
  for (auto at = std::ranges::lower_bound(faults, begin); at != faults.end() && *at < begin + text.size();
       ++at)
    note(message, Feature::foreign_character, message.source.substr(*at, 1));
}

}  // namespace

void note_characters(Message& message, PlainLines const& plain) {
  for (auto i = plain.next_other(0); i < message.lines.size(); i = plain.next_other(i + 1)) {
    auto const& line = message.lines[i];
    if (line.reading == Reading::outside || line.reading == Reading::blank) continue;
    if (line.format_line == FormatLine::fl12 || line.format_line == FormatLine::fl13) break;
    note_line(message, line);
    if (message.capture) note_faults(message, line.text);
  }
}

}  // namespace torntape::grammar
