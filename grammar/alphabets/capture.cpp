#include "grammar/alphabets/capture.hpp"

#include <algorithm>
#include <functional>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar {
namespace {

// The bell is sent by both letters that may ring it, `FIGS JJJJJSSSSS` (ACP 127(G) 137.e, 151.b). Where S
// rings, J prints an apostrophe.
[[nodiscard]] bool rings(View tape, std::size_t at) {
  auto const end = tape.find_first_not_of('\'', at);
  return end != at && end != View::npos && tape[end] == tape::bell;
}

}  // namespace

std::string_view name(Alphabet alphabet) {
  switch (alphabet) {
    case Alphabet::text:
      return "text";
    case Alphabet::ita2:
      return "ita2";
    case Alphabet::ita2_us:
      return "ita2-us";
    case Alphabet::ia5:
      return "ia5";
  }
  return "text";
}

std::string tape::printed(View line, Alphabet alphabet) {
  std::string out;
  for (char const c : line)
    if (!is_filling(c) && (!is_high(c) || alphabet == Alphabet::ia5)) out += low(c);
  return out;
}

Capture::Capture(View tape, Alphabet alphabet) : tape_(tape), alphabet_(alphabet) {
  text_.reserve(tape.size());
  if (alphabet == Alphabet::ia5)
    read_ia5();
  else
    read_ita2();
}

void Capture::read_ita2() {
  std::size_t ringing = 0;  // what is before this offset belongs to the bell
  for (std::size_t i = 0; i != tape_.size(); ++i) {
    auto const c = tape_[i];
    if (c == '\'' && i >= ringing && rings(tape_, i)) ringing = tape_.find(tape::bell, i);
    if (tape::is_filling(c) || tape::is_high(c) || i < ringing)
      functions_.push_back(text_.size());
    else
      text_ += c;
  }
}

void Capture::read_ia5() {
  for (char const c : tape_) {
    auto const character = tape::low(c);
    if (character == tape::blank || character == tape::deleted) {
      functions_.push_back(text_.size());
      continue;
    }
    if (tape::is_high(c)) faults_.push_back(text_.size());
    text_ += character;
  }
}

std::size_t Capture::on_tape(std::size_t place) const {
  auto const after = std::ranges::upper_bound(functions_, place);
  return place + static_cast<std::size_t>(after - functions_.begin());
}

View Capture::before(View part) const {
  auto const place = static_cast<std::size_t>(part.data() - text_.data());
  auto const there = std::ranges::equal_range(functions_, place);
  return tape_.substr(on_tape(place) - there.size(), there.size());
}

namespace {

[[nodiscard]] bool lies_within(View part, View whole) {
  std::less_equal<> const not_after;
  return not_after(whole.data(), part.data()) &&
         not_after(part.data() + part.size(), whole.data() + whole.size());
}

}  // namespace

Stretch where_received(Message const& message, View part) {
  if (!message.capture) return {static_cast<std::size_t>(part.data() - message.source.data()), part.size()};
  auto const& capture = *message.capture;
  if (lies_within(part, capture.tape()))
    return {static_cast<std::size_t>(part.data() - capture.tape().data()), part.size()};
  auto const offset = static_cast<std::size_t>(part.data() - capture.text().data());
  auto const begin = capture.on_tape(offset);
  if (part.empty()) return {begin, 0};
  return {begin, capture.on_tape(offset + part.size() - 1) + 1 - begin};
}

}  // namespace torntape::grammar
