#include "validator/reports/source_line.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace torntape::validator::reports {

namespace {

// U+2400.. are pictures of the control characters.
std::string picture(unsigned char control) {
  auto const code = control == 0x7F ? 0x21U : unsigned{control};
  return {'\xE2', '\x90', static_cast<char>(0x80U + code)};
}

struct Piece {
  std::string text;
  std::size_t width;
};

// Of a line that nobody could read to its end only so many bytes around the place are looked at.
constexpr std::size_t longest_line = 8192;

Piece escaped(unsigned char byte) {
  auto text = byte == '\t' ? std::string{"\\t"} : fmt::format("\\x{:02X}", byte);
  auto const width = text.size();
  return {std::move(text), width};
}

Piece piece(std::string_view sequence, Invisible invisible) {
  auto const byte = static_cast<unsigned char>(sequence.front());
  if (sequence_length(sequence) == 0) return escaped(byte);
  if (byte >= 0x20 && byte != 0x7F) return {std::string{sequence}, 1};
  return invisible == Invisible::words ? escaped(byte) : Piece{picture(byte), 1};
}

}  // namespace

std::size_t sequence_length(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text.front());
  std::size_t const length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  return std::ranges::all_of(text.substr(1, length - 1), continues) ? length : 0;
}

Located locate(Source const& source, grammar::Span const& span) {
  auto const offset =
      std::min(span.offset - std::min(span.offset, source.position.offset), source.text.size());
  auto const start = offset - std::min(offset, span.column - 1);
  auto line = source.text.substr(start, source.text.find('\n', offset) - start);
  while (line.ends_with('\r')) line.remove_suffix(1);
  auto const covered = source.text.substr(offset, span.length);
  // A stretch of whole lines ends in its last line, not in the one after it.
  auto const body = covered.ends_with('\n') ? covered.substr(0, covered.size() - 1) : covered;
  auto const more = static_cast<std::size_t>(std::ranges::count(body, '\n'));
  auto begin = std::min(offset - start, line.size());
  if (line.size() > longest_line) {
    auto const left_out = begin - std::min(begin, longest_line / 2);
    line = line.substr(left_out, longest_line);
    begin -= left_out;
  }
  return {line, span.line, begin, std::min(begin + covered.size(), line.size()), span.line + more};
}

std::string with_pictures(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const length = std::max<std::size_t>(1, sequence_length(text));
    out += text.front() == '\n' ? "\n" : piece(text.substr(0, length), Invisible::signs).text;
    text.remove_prefix(length);
  }
  return out;
}

Drawn::Drawn(std::string_view whole, Invisible invisible)
    : bytes_(std::min(whole.size(), longest_line)), cut_mark_(invisible == Invisible::words ? "..." : "…") {
  std::size_t column = 0;
  auto const line = whole.substr(0, bytes_);
  auto const last_seen = line.find_last_not_of(' ') + 1;  // npos + 1 is 0
  for (std::size_t byte = 0; byte < line.size();) {
    auto const length = std::max<std::size_t>(1, sequence_length(line.substr(byte)));
    auto drawn = piece(line.substr(byte, length), invisible);
    if (byte >= last_seen && drawn.text == " " && invisible == Invisible::signs) drawn.text = "·";
    cells_.push_back({byte, column, drawn.width, std::move(drawn.text)});
    column += drawn.width;
    byte += length;
  }
  to_ = column;
}

std::size_t Drawn::width() const { return cells_.empty() ? 0 : cells_.back().column + cells_.back().width; }

std::size_t Drawn::column_in_line(std::size_t byte) const {
  if (byte >= bytes_) return width() + (byte - bytes_);
  auto const after = std::ranges::upper_bound(cells_, byte, {}, &Cell::byte);
  return std::prev(after)->column;
}

void Drawn::cut(std::size_t columns, std::size_t begin, std::size_t end) {
  auto const all = width();
  if (all <= columns) return;
  auto const first = column_in_line(begin);
  auto const last = column_in_line(end);
  auto const room = columns - std::min(columns, last - first);
  from_ = last - first >= columns ? first : first - std::min(first, room / 2);
  from_ = std::min(from_, all - columns);
  to_ = from_ + columns;
}

std::string Drawn::text() const {
  std::string text = from_ > 0 ? cut_mark_ : "";
  for (auto const& cell : cells_)
    if (cell.column >= from_ && cell.column < to_) text += cell.text;
  if (to_ < width()) text += cut_mark_;
  return text;
}

std::size_t Drawn::column(std::size_t byte) const {
  auto const absolute = std::clamp(column_in_line(byte), from_, std::max(to_, from_) + 1);
  return absolute - from_ + (from_ > 0 ? 1 : 0);
}

}  // namespace torntape::validator::reports
