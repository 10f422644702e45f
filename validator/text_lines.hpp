// The text line by line: its lines past the opening are one node of the message.
#pragma once

#include <algorithm>

#include "validator/rule.hpp"

namespace torntape::validator {

// Every line with print of a node, without its ending and the blanks around it.
template <class Visit>
void each_source_line(grammar::Line const& line, Visit visit) {
  for (auto rest = line.text; !rest.empty();) {
    auto const length = std::min(rest.size(), rest.find('\n'));
    auto text = rest.substr(0, length);
    rest.remove_prefix(std::min(rest.size(), length + 1));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r")));
    text = text.substr(0, text.find_last_not_of(" \t\r") + 1);  // npos + 1 is 0
    if (!text.empty()) visit(text);
  }
}

// The same of the whole text (FL12), the marks of pages left out.
template <class Visit>
void each_text_line(Message const& message, Visit visit) {
  for (auto const& line : message.lines) {
    if (line.format_line == FormatLine::fl13) return;
    if (line.format_line != FormatLine::fl12) continue;
    each_source_line(line, [&](View text) {
      auto const is_mark = [&](grammar::PageMark const& mark) { return mark.text.data() == text.data(); };
      if (std::ranges::none_of(message.page_marks, is_mark)) visit(text);
    });
  }
}

// Absent where there is no text.
[[nodiscard]] inline View first_line_of_text(Message const& message) {
  View first;
  each_text_line(message, [&](View line) {
    if (!grammar::present(first)) first = line;
  });
  return first;
}

}  // namespace torntape::validator
