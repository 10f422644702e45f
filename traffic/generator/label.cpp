#include "traffic/generator/label.hpp"

#include <algorithm>

namespace torntape::generator {

namespace {

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

grammar::FormatLine format_line_at(grammar::Message const& message, std::size_t offset) {
  for (auto const& line : message.lines) {
    auto const begin = static_cast<std::size_t>(line.text.data() - message.source.data());
    if (offset < begin + line.text.size() + line.ending.size()) return line.format_line;
  }
  return grammar::FormatLine::none;
}

}  // namespace

Label difference(grammar::Message const& good, std::string_view broken) {
  auto const source = good.source;
  auto const front = static_cast<std::size_t>(std::ranges::mismatch(source, broken).in1 - source.begin());
  auto const most = std::min(source.size(), broken.size()) - front;
  auto const back = static_cast<std::size_t>(
      std::mismatch(source.rbegin(), source.rbegin() + static_cast<std::ptrdiff_t>(most), broken.rbegin())
          .first -
      source.rbegin());
  Label label;
  label.before = source.substr(front, source.size() - front - back);
  label.now = broken.substr(front, broken.size() - front - back);
  label.format_line = format_line_at(good, front);
  label.offset = front;
  label.length = label.now.size();
  label.line = line_at(broken, front);
  auto const inside = label.length - (label.now.ends_with('\n') ? 1 : 0);
  label.last_line = line_at(broken, front + inside);
  return label;
}

}  // namespace torntape::generator
