#include "validator/draft.hpp"

#include <algorithm>
#include <utility>

#include "grammar/alphabets/capture.hpp"

namespace torntape::validator {

using grammar::FormatLine;
using grammar::Line;
using grammar::View;

namespace {

// From the first to the last source line of a format line, endings included; absent where there is none.
View stretch(grammar::Message const& message, FormatLine format_line) {
  auto const is_it = [&](Line const& line) { return line.format_line == format_line; };
  auto const first = std::ranges::find_if(message.lines, is_it);
  if (first == message.lines.end()) return {};
  auto const last = std::find_if(message.lines.rbegin(), message.lines.rend(), is_it);
  auto const* const end = last->text.data() + last->text.size() + last->ending.size();
  return {first->text.data(), static_cast<std::size_t>(end - first->text.data())};
}

View ending_of(View lines) {
  auto const end = lines.find_last_not_of("\r\n");
  return end == View::npos ? View{} : lines.substr(end + 1);
}

}  // namespace

Draft::Draft(std::string text, grammar::Settings settings) : text_(std::move(text)), settings_(settings) {
  read();
}

void Draft::read() { message_ = &parser_.parse(text_, settings_); }

bool Draft::replace(View part, std::string_view by) {
  if (!grammar::present(part)) return false;
  std::string const own{by};  // it may be a view into the text
  auto const [offset, length] = grammar::where_received(*message_, part);
  text_.replace(offset, length, own);
  read();
  return true;
}

void Draft::become(std::string text, grammar::Alphabet alphabet) {
  text_ = std::move(text);
  settings_.alphabet = alphabet;
  read();
}

bool Draft::erase(View part) { return replace(part, {}); }

bool Draft::insert_before(View part, std::string_view text) {
  return grammar::present(part) && replace(part.substr(0, 0), text);
}

bool Draft::insert_after(View part, std::string_view text) {
  return grammar::present(part) && replace(part.substr(part.size()), text);
}

bool Draft::erase_line(FormatLine line) { return replace(stretch(*message_, line), {}); }

bool Draft::replace_line(FormatLine line, std::string_view by) {
  auto const lines = stretch(*message_, line);
  return replace(lines, std::string{by} + std::string{ending_of(lines)});
}

}  // namespace torntape::validator
