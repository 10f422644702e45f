#include "traffic/send/marking.hpp"

#include <algorithm>

#include "grammar/parser.hpp"

namespace torntape::send {

std::optional<std::string> marked(std::string const& text, std::string_view signal) {
  using grammar::FormatLine;
  grammar::Parser parser;
  auto const& message = parser.parse(text);
  auto const has = [&](auto const& signals) { return std::ranges::find(signals, signal) != signals.end(); };
  if (has(message.preamble.message_instructions) || has(message.transmission_instructions.operating_signals))
    return text;
  auto const line_of = [&](FormatLine wanted) {
    return std::ranges::find(message.lines, wanted, &grammar::Line::format_line);
  };
  auto line = line_of(FormatLine::fl5);
  if (line == message.lines.end()) line = line_of(FormatLine::fl4);
  if (line == message.lines.end()) return std::nullopt;
  auto out = text;
  auto const end = static_cast<std::size_t>(line->text.data() - message.source.data()) + line->text.size();
  return out.insert(end, std::string{" "}.append(signal));
}

}  // namespace torntape::send
