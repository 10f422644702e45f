#include "validator/cipher.hpp"

#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/places.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

using grammar::Class;
using grammar::take_group;

constexpr View cipher = "ABCDE FGHIJ KLMNO PQRST";

bool is_cipher_group(View group, std::size_t length) {
  return group.size() == length && (grammar::all(Class::letter, group) || grammar::all(Class::digit, group));
}

// "SECTION 1 OF 2", "FINAL SECTION OF 2" before the groups.
void skip_section_label(View& line) {
  auto rest = line;
  auto group = take_group(rest);
  if (group == "FINAL") group = take_group(rest);
  if (group != "SECTION") return;
  if (rest.substr(0, rest.find(' ')) != "OF") take_group(rest);
  if (take_group(rest) != "OF") return;
  take_group(rest);
  line = rest;
}

bool is_whole(Message const& message) {
  return line_of(message, FormatLine::fl11) != nullptr && line_of(message, FormatLine::fl13) != nullptr;
}

}  // namespace

std::optional<unsigned> count_cipher_groups(Message const& message) {
  if (grammar::present(message.text.classification) || !is_whole(message)) return std::nullopt;
  unsigned count = 0;
  std::size_t length = 0;
  bool countable = true;
  bool first = true;
  each_text_line(message, [&](View line) {
    if (first) skip_section_label(line);
    first = false;
    while (!line.empty() && countable) {
      auto const group = take_group(line);
      if (length == 0) length = group.size();
      countable = (length == 4 || length == 5) && is_cipher_group(group, length);
      ++count;
    }
  });
  if (!countable || count == 0) return std::nullopt;
  return count;
}

bool put_cipher(Draft& draft) {
  auto const& m = draft.message();
  if (!is_whole(m) || line_of(m, FormatLine::fl12) == nullptr || !m.page_marks.empty()) return false;
  return draft.replace_line(FormatLine::fl12, cipher);
}

bool make_codress(Draft& draft, bool counted) {
  if (draft.message().form != grammar::MessageForm::plaindress || !put_cipher(draft)) return false;
  for (auto const line : {FormatLine::fl6, FormatLine::fl7, FormatLine::fl8}) draft.erase_line(line);
  auto const* const separator = line_of(draft.message(), FormatLine::fl11);
  return separator != nullptr && (!counted || draft.insert_before(separator->text, "GR 4\n"));
}

}  // namespace torntape::validator
