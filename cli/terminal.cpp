#include "cli/terminal.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

#include "grammar/visible.hpp"

namespace torntape::cli {
namespace {

std::string_view environment(char const* name) {
  auto const* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
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

std::string printable(std::string_view text) { return grammar::visible(text); }

std::size_t columns(std::string_view text) {
  auto const starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

}  // namespace torntape::cli
