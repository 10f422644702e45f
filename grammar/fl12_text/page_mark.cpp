#include "grammar/fl12_text/page_mark.hpp"

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl12 {
namespace {

// Marks beyond these are text.
constexpr std::size_t max_page_marks = 1000;

[[nodiscard]] bool is_decimal(View group) {
  auto const point = group.find('.');
  return all(Class::digit, group.substr(0, point)) &&
         (point == View::npos || all(Class::digit, group.substr(point + 1)));
}

[[nodiscard]] bool read_page(View line, PageMark& mark) {
  if (take_group(line) != "PAGE") return false;
  mark.page = take_group(line);
  mark.station = take_group(line);
  mark.number = take_group(line);
  if (!line.empty()) mark.classification = line;
  return mark.page.size() <= 3 && all(Class::digit, mark.page) && is_routing_indicator(mark.station) &&
         !mark.number.empty() && mark.number.size() <= 6;
}

[[nodiscard]] bool read_state_mark(View line, PageMark& mark) {
  mark.pages = take_last_group(line);
  if (mark.pages.size() != 3 || !all(Class::digit, mark.pages)) return false;
  if (take_last_group(line) != "OF") return false;
  mark.page = take_last_group(line);
  if (mark.page.size() < 3 || mark.page.size() > 5 || !is_decimal(mark.page)) return false;
  mark.number = take_last_group(line);
  mark.station = line;
  return mark.number.size() == 8 && all(Class::digit, mark.number) && !line.empty();
}

}  // namespace

bool read_page_mark(View line, Message& message) {
  if (line.size() > 72 || message.page_marks.size() == max_page_marks) return false;
  PageMark mark;
  mark.text = line;
  bool const page = line.starts_with("PAGE ");
  if (!page && (line.empty() || !is_digit(line.back()))) return false;
  if (!(page ? read_page(line, mark) : read_state_mark(line, mark))) return false;
  message.page_marks.push_back(mark);
  note(message, Feature::page_mark);
  return true;
}

}  // namespace torntape::grammar::fl12
