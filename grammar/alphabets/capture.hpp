// A message taken from a circuit octet by octet: what its tape prints, which the parser reads, and what it
// does not print, which no text file keeps.
//
// Text and functions together are the tape: the character at `place` of the text stands on the tape behind
// all functions whose place is not beyond its own.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

class Capture {
 public:
  // `tape`: in tape notation, borrowed.
  Capture(View tape, Alphabet alphabet);
  Capture(Capture const&) = delete;
  Capture& operator=(Capture const&) = delete;

  [[nodiscard]] Alphabet alphabet() const { return alphabet_; }
  [[nodiscard]] View tape() const { return tape_; }
  [[nodiscard]] View text() const { return text_; }

  // The offset on the tape of a place of the text.
  [[nodiscard]] std::size_t on_tape(std::size_t place) const;
  // The functions right before a part of the text: a stretch of the tape.
  [[nodiscard]] View before(View part) const;
  // Places of the text received with wrong parity (IA5), in order.
  [[nodiscard]] std::span<std::size_t const> faults() const { return faults_; }

 private:
  void read_ita2();
  void read_ia5();

  View tape_;
  Alphabet alphabet_;
  std::string text_;
  std::vector<std::size_t> functions_;  // for each, the place in the text before which it stood
  std::vector<std::size_t> faults_;
};

// A stretch of the bytes from which a message was read.
struct Stretch {
  std::size_t offset = 0;
  std::size_t length = 0;
};

// The bytes from which the message was read: its source, or the tape of its capture.
[[nodiscard]] inline View as_received(Message const& message) {
  if (message.capture) return message.capture->tape();
  return message.small_letters ? message.small_letters->received : message.source;
}
// Where a part of the message, or of the tape, stands in them. A function before a part of the message is no
// part of it.
[[nodiscard]] Stretch where_received(Message const& message, View part);

}  // namespace torntape::grammar
