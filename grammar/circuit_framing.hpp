// Cuts what comes in on a live circuit into messages. An archive is cut by framing.hpp, which loses nothing;
// on a circuit nobody can wait for the next message to know that one has ended:
//
// - A message is given out with the last N of `NNNN` at the start of a line (ACP 127(G) 114). The letters and
//   feeds that follow stand between messages.
// - Between messages it waits for a start: VZCZC anywhere, or a line that begins a message without it, as
//   framing.hpp has them. What else stands there is noise: dropped, and counted.
// - A line that starts a transmission where `NNNN` is due ends the message before it, a straggler (GEN-21).
// The FL1
//   below a pilot is that of the heading as it was received, and starts nothing.
// - A message that does not end within the limit is given out up to there; the rest is noise.
//
// Fed byte by byte or all at once it gives the same frames. Memory is bounded by the limit and what was fed
// last.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

enum class Ending : std::uint8_t {
  whole,      // by its NNNN
  straggler,  // another transmission began
  idle,       // the caller flushed
  too_long    // at the limit
};

struct CircuitFrame {
  View bytes;         // valid until the next call of `feed`
  Position position;  // in all that was fed
  Ending ending = Ending::whole;
};

class CircuitFramer {
 public:
  struct Options {
    Alphabet alphabet = Alphabet::text;  // a capture is fed in tape notation (alphabets/tape.hpp)
    std::size_t most = 1U << 20U;        // bytes of a message
  };

  CircuitFramer() : CircuitFramer(Options{}) {}
  explicit CircuitFramer(Options options) : options_(options) {}

  void feed(View bytes);
  // The circuit is idle, or closed: what has gathered is given out as it is. More may be fed afterwards.
  void flush() { flushing_ = true; }
  // The next message, if one is there.
  [[nodiscard]] std::optional<CircuitFrame> next();

  // Printing characters dropped so far, blanks apart.
  [[nodiscard]] std::size_t noise() const { return noise_; }

 private:
  // What the line at hand has printed.
  struct PrintedLine {
    std::size_t begin = 0;  // in buffer_
    std::string text;       // the beginning of it, without leading blanks
    std::size_t marks = 0;  // characters but blanks
    bool torn = false;      // it has lost its beginning
    // The last characters but blanks, and where they stand.
    std::array<char, 5> last{};
    std::array<std::size_t, 5> last_at{};
  };

  // Each passes one character.
  [[nodiscard]] std::optional<CircuitFrame> in_message(char c);
  void between(char c);

  void print(char c);
  void begin_message(std::size_t at);
  void end_line_of_message();
  void drop_line();
  void start_line();
  [[nodiscard]] CircuitFrame cut(std::size_t end, Ending ending);
  [[nodiscard]] std::optional<CircuitFrame> flushed();
  void pass_over(std::size_t end);

  Options options_;
  std::string buffer_;
  std::size_t scanned_ = 0;
  std::optional<std::size_t> message_;  // where the message at hand begins
  PrintedLine line_;
  bool filed_ = false;        // the message at hand has its FL3
  bool after_pilot_ = false;  // the line before was that of a pilot
  bool flushing_ = false;
  std::size_t noise_ = 0;
  Position position_;        // in all that was fed, of buffer_[counted_]
  std::size_t counted_ = 0;  // up to here line ends have been counted
};

}  // namespace torntape::grammar
