#include "validator/places.hpp"

#include <algorithm>
#include <functional>

#include "validator/text_lines.hpp"

namespace torntape::validator {

std::size_t line_index(Message const& message, View place) {
  auto const after = std::ranges::upper_bound(message.lines, place.data(), std::less<>{},
                                              [](grammar::Line const& line) { return line.text.data(); });
  auto const count = static_cast<std::size_t>(after - message.lines.begin());
  return count == 0 ? 0 : count - 1;
}

View whole(grammar::Line const& line) { return {line.text.data(), line.text.size() + line.ending.size()}; }

View stretch(View first, View last) {
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

grammar::Line const* line_of(Message const& message, FormatLine format_line) {
  auto const found = std::ranges::find(message.lines, format_line, &grammar::Line::format_line);
  return found == message.lines.end() ? nullptr : &*found;
}

View group_with_its_blank(Message const& message, View group) {
  auto const& line = message.lines[line_index(message, group)];
  auto begin = static_cast<std::size_t>(group.data() - line.text.data());
  auto end = begin + group.size();
  if (begin != 0) {
    while (begin != 0 && line.text[begin - 1] == ' ') --begin;
    return line.text.substr(begin, end - begin);
  }
  while (end != line.text.size() && line.text[end] == ' ') ++end;
  return end == line.text.size() ? whole(line) : line.text.substr(0, end);
}

bool is_test(Message const& message) {
  if (!is_direct_service(message) || grammar::present(message.origin.station_serial_number)) return false;
  bool of_test = false;
  each_text_line(message, [&](View line) {
    of_test = of_test || line.starts_with("TEST") || line.starts_with("CHANNEL CHECK") ||
              line.find("ZBZ") != View::npos;
  });
  return of_test;
}

bool is_direct_service(Message const& message) {
  return message.form == grammar::MessageForm::service && line_of(message, FormatLine::fl11) == nullptr;
}

}  // namespace torntape::validator
