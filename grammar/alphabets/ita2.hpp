// International Telegraph Alphabet No. 2 ("Baudot"), ACP 127(G) 140: five impulses, two cases.
//
// A combination is a number of five bits: the first impulse is the lowest bit, as start-stop receivers
// assemble it. `A`, whose impulses are 1 and 2, is 3; `T`, whose impulse is 5, is 16.
//
//   one an octet   the combination in the five low bits; the three high bits are not looked at
//   packed         combinations end to end, the first in the low bits of the first octet, the first impulse
//                  lowest; what is left over at the end, less than five bits, is filling
//
// The first case is letters (LTRS), until a shift says otherwise.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar::ita2 {

enum class Packing : std::uint8_t {
  octets,  // one combination an octet
  tight    // five bits after five bits
};

// Turns octets into tape notation (tape.hpp), however they are cut. Without bounds of its own: it keeps a
// shift and, where packed, less than eight bits.
class Decoder {
 public:
  explicit Decoder(Alphabet alphabet = Alphabet::ita2, Packing packing = Packing::octets)
      : alphabet_(alphabet), packing_(packing) {}
  // Appends a character for each combination.
  void decode(View octets, std::string& tape);

 private:
  [[nodiscard]] char next(unsigned combination);

  Alphabet alphabet_;
  Packing packing_;
  bool figures_ = false;
  unsigned bits_ = 0;   // not yet decoded, the oldest lowest
  unsigned count_ = 0;  // of them
};

// Text or tape notation into octets. Shifts stand where the tape has them and, beyond that, where a character
// would not print in the case that holds: FIGS before figures, LTRS before letters. What was decoded is
// encoded as it was. Small letters are sent as capitals.
class Encoder {
 public:
  explicit Encoder(Alphabet alphabet = Alphabet::ita2, Packing packing = Packing::octets)
      : alphabet_(alphabet), packing_(packing) {}
  // Returns the offset of each character that the alphabet has not; it is left out.
  std::vector<std::size_t> encode(View tape, std::string& octets);
  // Of a packed tape: the last bits, filled up with none.
  void finish(std::string& octets);

 private:
  void send(unsigned combination, std::string& octets);

  Alphabet alphabet_;
  Packing packing_;
  bool figures_ = false;
  unsigned bits_ = 0;
  unsigned count_ = 0;
};

// Whether octets are certainly this alphabet, one an octet: none has more than five bits, and decoded they
// hold a start of message. `ita2_us` where the upper case that only U.S. machines have stands before a
// serial.
enum class Likeness : std::uint8_t {
  none,
  possible,  // nearly no octet has more than five bits
  certain
};
struct Recognised {
  Likeness likeness = Likeness::none;
  Alphabet alphabet = Alphabet::ita2;
};
[[nodiscard]] Recognised recognise(View octets);

}  // namespace torntape::grammar::ita2
