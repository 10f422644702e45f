#include "grammar/framing.hpp"

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl16_end/end_of_message.hpp"

namespace torntape::grammar {

void Framer::feed(View bytes) {
  if (taken_ != 0) {
    buffer_.erase(0, taken_);
    scanned_ -= taken_;
    searched_ -= taken_;
    taken_ = 0;
  }
  buffer_.append(bytes);
}

void Framer::finish() { finished_ = true; }

std::optional<View> Framer::next_line() {
  if (scanned_ == buffer_.size()) return std::nullopt;
  auto const newline = buffer_.find('\n', searched_);
  if (newline == std::string::npos && !finished_) {
    searched_ = buffer_.size();
    return std::nullopt;
  }
  auto const end = newline == std::string::npos ? buffer_.size() : newline + 1;
  auto const line = View(buffer_).substr(scanned_, end - scanned_);
  return line;
}

bool Framer::begins_another(View line) {
  if (!fl01::starts(line)) return false;
  bool const first = first_line_.empty();
  // Drop copies all bear VZCZCXYZ0000: on that channel an FL1 begins a message, whatever its number.
  bool const drop_copy = line.starts_with("VZCZCXYZ");
  if (!first && !ended_ && !drop_copy && line == first_line_) return false;
  first_line_ = line.substr(0, std::min<std::size_t>(line.size(), 256));
  ended_ = false;
  return !first;
}

Frame Framer::cut(std::size_t end) {
  Frame const frame{View(buffer_).substr(taken_, end - taken_), position_};
  position_.offset += end - taken_;
  position_.line += lines_;
  lines_ = 0;
  taken_ = end;
  return frame;
}

std::optional<Frame> Framer::next() {
  while (auto const raw = next_line()) {
    auto const begin = scanned_;
    auto const text = raw->ends_with('\n') ? raw->substr(0, raw->size() - 1) : *raw;
    auto const line = trim(text.substr(0, std::min<std::size_t>(text.size(), 256)));
    std::optional<Frame> frame;
    if (begins_another(line)) frame = cut(begin);
    if (!first_line_.empty() && fl16::is(line)) ended_ = true;
    scanned_ = searched_ = begin + raw->size();
    lines_ += raw->ends_with('\n') ? 1 : 0;
    if (frame) return frame;
  }
  if (finished_ && taken_ != buffer_.size()) return cut(buffer_.size());
  return std::nullopt;
}

}  // namespace torntape::grammar
