// Cuts a stream of bytes into messages. Fed byte by byte or all at once, it gives the same frames, and
// the frames together are the stream, byte for byte.
//
// A message begins at a line that starts a transmission (`VZCZC`) and ends after its `NNNN`, or where
// the next transmission begins (archives strip the end). Matter before the first start belongs to the
// first message, matter after an end to the message that follows or, at the end of the input, to the
// last one. A repetition of the FL1 just read, before any `NNNN`, is a heading printed twice, as archives
// do, not a new message, unless it was filed (FL3) or drawn up (FL5) otherwise than the first. After an end a
// message may also begin without VZCZC: at the identification of a manual relay, at a routing line, or at
// FL5. Without an end, a message without VZCZC begins at FL5 and FL6 below a text, outside its separators,
// and one ends so where VZCZC follows. The FL1 below a pilot is that of the heading as it was received, and
// begins nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

struct Frame {
  View bytes;                          // valid until the next call of `feed`
  Position position;                   // in the stream
  Alphabet alphabet = Alphabet::text;  // in which the bytes are to be read: that of the framer
};

class Framer {
 public:
  Framer() = default;
  // The stream is a capture in tape notation: its lines are looked at as they print, and a transmission may
  // begin on the line of the `NNNN` before, behind its letters.
  explicit Framer(Alphabet alphabet) : alphabet_(alphabet) {}

  void feed(View bytes);
  // No more bytes will come: what is left is the last frame.
  void finish();
  // The next whole message, if one has gathered.
  [[nodiscard]] std::optional<Frame> next();

 private:
  [[nodiscard]] std::optional<View> next_line();
  [[nodiscard]] bool inside() const;
  void pass_over();
  // True when the line begins another message than the one being gathered.
  [[nodiscard]] bool begins_another(View line);
  // True when the line shows that the FL1 repeated above it was of another message.
  [[nodiscard]] bool tells_apart(View line);
  [[nodiscard]] Frame cut(std::size_t end, std::size_t lines);
  // What is gathered up to there is a heading without FL1, or with it, and a text outside its separators.
  [[nodiscard]] bool text_has_begun(std::size_t end);
  [[nodiscard]] std::optional<Frame> begun_by_start(View line, std::size_t begin);
  // FL5 and, on the line below it, FL6 begin a message behind such a text.
  [[nodiscard]] std::optional<Frame> begun_by_preamble(View line, std::size_t begin);

  // What tells a message from another one with the same FL1.
  struct Identity {
    std::string calling_station;  // FL3 and FL5, as written
    std::string preamble;
    // False where the line is FL3 or FL5 and differs from the one kept; kept where there is none.
    bool takes(View line);
  };
  // How far the message being gathered has come, looked up where another may begin behind it.
  struct Progress {
    std::size_t looked = 0;  // up to here in buffer_
    bool preamble = false;   // the line before was FL5
    bool heading = false;    // FL6 stood below it
    bool text = false;       // its class was read
    unsigned separators = 0;
    void read(View line);
  };
  // A line that may be the FL5 of another message.
  struct Candidate {
    std::size_t begin = 0;
    std::size_t lines = 0;  // line ends between taken_ and begin
    std::string preamble;
  };
  // Its FL2 to FL4, if they stand above it: the message begins there.
  void take_station_lines(Candidate& candidate, Identity& identity) const;
  // An FL1 that repeats the one before: where it stands and what was read since.
  struct Repetition {
    std::size_t begin = 0;
    std::size_t lines = 0;  // line ends between taken_ and begin
    std::size_t read = 0;   // lines since
    Identity identity;
  };

  Alphabet alphabet_ = Alphabet::text;
  std::string buffer_;
  std::size_t taken_ = 0;     // bytes of buffer_ already given out
  std::size_t scanned_ = 0;   // the end of the last whole line looked at
  std::size_t searched_ = 0;  // no line end between scanned_ and here
  Position position_;         // of buffer_[taken_] in the stream
  std::size_t lines_ = 0;     // line ends between taken_ and scanned_
  std::string first_line_;    // FL1 of the message being gathered; empty before the first
  Identity identity_;         // of that message
  Progress progress_;
  std::optional<Candidate> candidate_;
  std::optional<Repetition> repetition_;
  bool opened_ = false;       // a message has begun, by an FL1 or without
  bool after_pilot_ = false;  // the line before was that of a pilot
  bool ended_ = false;        // its NNNN has been seen
  bool finished_ = false;
};

}  // namespace torntape::grammar
