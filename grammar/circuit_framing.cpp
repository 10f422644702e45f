#include "grammar/circuit_framing.hpp"

#include <algorithm>
#include <utility>

#include "grammar/alphabets/tape.hpp"
#include "grammar/characters.hpp"
#include "grammar/fl01_transmission_identification/pilot.hpp"
#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl03_calling_station/calling_station.hpp"
#include "grammar/starts.hpp"

namespace torntape::grammar {
namespace {

constexpr View end_of_message = "NNNN";
constexpr std::size_t looked_at = 256;      // characters of a line
constexpr std::size_t longest_kept = 4096;  // bytes of a line that may yet begin a message

}  // namespace

void CircuitFramer::feed(View bytes) {
  auto const done = message_.value_or(line_.begin);
  pass_over(done);
  buffer_.erase(0, done);
  scanned_ -= done;
  counted_ -= done;
  line_.begin -= done;
  for (auto& at : line_.last_at) at -= std::min(at, done);
  if (message_) message_ = 0;
  buffer_.append(bytes);
}

std::optional<CircuitFrame> CircuitFramer::next() {
  while (scanned_ != buffer_.size()) {
    auto const c = buffer_[scanned_++];
    if (!message_)
      between(c);
    else if (auto const frame = in_message(c))
      return frame;
  }
  return flushing_ ? flushed() : std::nullopt;
}

std::optional<CircuitFrame> CircuitFramer::in_message(char c) {
  if (c == '\n') {
    end_line_of_message();
  } else {
    print(c);
    if (line_.text == end_of_message) return cut(scanned_, Ending::whole);
    bool const starts = line_.text == fl01::start_of_message && line_.begin != *message_ && !after_pilot_;
    if (starts) {
      auto line = line_;
      auto const frame = cut(line.begin, Ending::straggler);
      begin_message(line.begin);
      line_ = std::move(line);
      return frame;
    }
  }
  if (scanned_ - *message_ < options_.most) return std::nullopt;
  auto const frame = cut(scanned_, Ending::too_long);
  line_.torn = c != '\n';
  return frame;
}

void CircuitFramer::between(char c) {
  if (c == '\n') {
    if (line_.torn || !begins_without_start(trim(line_.text))) return drop_line();
    begin_message(line_.begin);
    return end_line_of_message();
  }
  print(c);
  if (line_.text.empty()) {
    line_.begin = scanned_;  // nothing yet but what fills time
  } else if (View(line_.last.data(), line_.last.size()) == fl01::start_of_message) {
    noise_ += line_.marks - fl01::start_of_message.size();
    auto const begin = std::max(line_.last_at.front(), line_.begin);
    start_line();
    line_.begin = begin;
    line_.text = fl01::start_of_message;
    begin_message(begin);
  } else if (scanned_ - line_.begin > longest_kept) {
    line_.torn = true;
    line_.begin = scanned_ - longest_kept;
  }
}

void CircuitFramer::print(char c) {
  bool const silent = tape::is_filling(c) || (tape::is_high(c) && is_ita2(options_.alphabet));
  if (silent) return;
  if (options_.alphabet == Alphabet::ia5) c = tape::low(c);
  bool const mark = !is_blank(c) && c != '\r';
  if (!mark && line_.text.empty()) return;
  if (line_.text.size() != looked_at) line_.text += c;
  line_.marks += mark ? 1 : 0;
  std::shift_left(line_.last.begin(), line_.last.end(), 1);
  std::shift_left(line_.last_at.begin(), line_.last_at.end(), 1);
  line_.last.back() = c;
  line_.last_at.back() = scanned_ - 1;
}

void CircuitFramer::start_line() {
  line_ = {};
  line_.begin = scanned_;
}

void CircuitFramer::drop_line() {
  noise_ += line_.marks;
  start_line();
}

void CircuitFramer::begin_message(std::size_t at) {
  message_ = at;
  filed_ = after_pilot_ = false;
}

void CircuitFramer::end_line_of_message() {
  auto const line = trim(line_.text);
  filed_ = filed_ || fl03::starts(line);
  if (!line.empty()) after_pilot_ = !filed_ && fl01::is_pilot_signal(line);
  start_line();
}

CircuitFrame CircuitFramer::cut(std::size_t end, Ending ending) {
  auto const begin = *std::exchange(message_, std::nullopt);
  pass_over(begin);
  start_line();
  return {View(buffer_).substr(begin, end - begin), position_, ending};
}

std::optional<CircuitFrame> CircuitFramer::flushed() {
  flushing_ = false;
  if (!message_ && !line_.torn && begins_without_start(trim(line_.text))) begin_message(line_.begin);
  if (message_) return cut(scanned_, Ending::idle);
  drop_line();
  return std::nullopt;
}

// Moves `position_` there: places come in order.
void CircuitFramer::pass_over(std::size_t end) {
  auto const passed = View(buffer_).substr(counted_, end - counted_);
  position_.offset += passed.size();
  position_.line += static_cast<std::size_t>(std::ranges::count(passed, '\n'));
  counted_ = end;
}

}  // namespace torntape::grammar
