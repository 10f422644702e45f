// How octets hold a message: an alphabet and, of ITA2, its packing. Between octets and tape notation,
// whichever it is.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/alphabets/ia5.hpp"
#include "grammar/alphabets/ita2.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

struct Coding {
  Alphabet alphabet = Alphabet::text;
  ita2::Packing packing = ita2::Packing::octets;
  ia5::Parity parity = ia5::Parity::even;  // to be written; what is read tells its own

  friend bool operator==(Coding const&, Coding const&) = default;
};

// "ita2", "ita2-us-packed".
[[nodiscard]] std::string name(Coding coding);

// What octets without a word about them are: ITA2, one an octet, where that is certain; otherwise text.
[[nodiscard]] Coding recognise_coding(View octets);

// Turns octets into tape notation, however they are cut; text stays as it is.
class TapeDecoder {
 public:
  explicit TapeDecoder(Coding coding);
  void decode(View octets, std::string& tape);
  // No more octets will come.
  void finish(std::string& tape);

 private:
  std::variant<std::monostate, ita2::Decoder, ia5::Decoder> decoder_;
};

// All at once.
[[nodiscard]] std::string decoded(View octets, Coding coding);

// The other direction.
class TapeEncoder {
 public:
  explicit TapeEncoder(Coding coding);
  // Returns the offset of each character that the alphabet has not; it is left out.
  std::vector<std::size_t> encode(View tape, std::string& octets);
  void finish(std::string& octets);

 private:
  Coding coding_;
  ita2::Encoder ita2_;
};

}  // namespace torntape::grammar
