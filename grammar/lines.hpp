// The lines of a source. Private to grammar/.
#pragma once

#include <cstring>

#include "grammar/characters.hpp"

namespace torntape::grammar {

// Splits off the first line: its text and its ending (LF, CR LF, CR CR LF, or none at the end).
inline Line take_line(View& source) {
  auto const* const begin = source.data();
  auto const* const newline = static_cast<char const*>(std::memchr(begin, '\n', source.size()));
  auto const length = newline == nullptr ? source.size() : static_cast<std::size_t>(newline - begin) + 1;
  auto text = source.substr(0, newline == nullptr ? length : length - 1);
  while (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  Line line;
  line.text = text;
  line.ending = source.substr(text.size(), length - text.size());
  source.remove_prefix(length);
  return line;
}

// A line without the blanks around it, and without the reverse slant that some publishers set at its end.
inline View readable(View text) {
  text = trim(text);
  while (text.ends_with('\\')) text = trim_right(text.substr(0, text.size() - 1));
  return text;
}

}  // namespace torntape::grammar
