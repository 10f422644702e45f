#include "cli/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace torntape::cli {
namespace {

std::string_view environment(char const* name) {
  auto const* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

// Length of the well-formed UTF-8 sequence at the start of the text, 0 where there is none.
std::size_t utf8_length(std::string_view text) {
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t const length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || length > text.size()) return 0;
  auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  if (!std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length), continues)) return 0;
  return length;
}

void append_hexadecimal(std::string& out, unsigned char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\x";
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

}  // namespace

bool is_terminal(std::FILE* stream) { return ::isatty(::fileno(stream)) == 1; }

bool use_colour(Colour colour, std::FILE* stream) {
  if (colour != Colour::automatic) return colour == Colour::always;
  return environment("NO_COLOR").empty() && environment("TERM") != "dumb" && is_terminal(stream);
}

bool shows_line_drawing(std::FILE* stream) {
  if (!is_terminal(stream)) return true;
  for (auto const* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    auto const locale = environment(name);
    if (locale.empty()) continue;
    for (auto const* utf8 : {"UTF-8", "utf8", "UTF8", "utf-8"})
      if (locale.find(utf8) != std::string_view::npos) return true;
    return false;
  }
  return false;
}

std::size_t width(std::FILE* stream) {
  std::size_t columns_there = 80;
  auto const text = environment("COLUMNS");
  std::from_chars(text.data(), text.data() + text.size(), columns_there);
  winsize size{};
  if (is_terminal(stream) && ::ioctl(::fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col != 0)
    columns_there = size.ws_col;
  return std::clamp<std::size_t>(columns_there, 40, 1000);
}

std::string Style::operator()(std::string_view sgr, std::string_view text) const {
  if (!on_ || text.empty() || sgr.empty()) return std::string{text};
  std::string styled = "\x1b[";
  styled.append(sgr).append("m").append(text).append("\x1b[0m");
  return styled;
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const first = static_cast<unsigned char>(text.front());
    auto const length = utf8_length(text);
    auto const c1 = length == 2 && first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
    if (length == 0 || first < 0x20 || first == 0x7F || c1) {
      append_hexadecimal(out, first);
      text.remove_prefix(1);
    } else {
      out.append(text.substr(0, length));
      text.remove_prefix(length);
    }
  }
  return out;
}

std::size_t columns(std::string_view text) {
  auto const starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

}  // namespace torntape::cli
