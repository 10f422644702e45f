#include "validator/reports/escape.hpp"

#include <fmt/format.h>

#include "validator/reports/source_line.hpp"

namespace torntape::validator::reports {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// What `each` makes of every character, well-formed UTF-8 or one byte that is none.
template <class Each>
std::string translated(std::string_view text, Each each) {
  std::string out;
  out.reserve(text.size() + 2);
  while (!text.empty()) {
    auto const length = sequence_length(text);
    if (length == 0)
      out += replacement;
    else if (length > 1)
      out += text.substr(0, length);
    else
      each(out, text.front());
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

void json(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(c) < 0x20)
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  else
    out += c;
}

void xml(std::string& out, char c) {
  if (c == '<')
    out += "&lt;";
  else if (c == '>')
    out += "&gt;";
  else if (c == '&')
    out += "&amp;";
  else if (c == '"')
    out += "&quot;";
  else if (c == '\n' || c == '\t')
    out += c;
  else if (static_cast<unsigned char>(c) < 0x20)
    out += replacement;
  else
    out += c;
}

}  // namespace

std::string quoted(std::string_view text) { return '"' + translated(text, json) + '"'; }

std::string escaped(std::string_view text) { return translated(text, xml); }

}  // namespace torntape::validator::reports
