// International Alphabet No. 5 (ASCII): seven bits and, as the eighth, one of parity.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar::ia5 {

enum class Parity : std::uint8_t {
  space,  // never set
  even,   // CCITT V.4 has it on start-stop circuits
  odd,    // and this on synchronous ones
  mark    // always set
};

// The parity that fits most octets; of several the first of the list above.
[[nodiscard]] Parity parity_of(View octets);

// Turns octets into tape notation (tape.hpp), however they are cut: seven bits, the eighth set where the
// parity was wrong. Which parity holds is told from the first 1,024 octets, which are kept so long.
class Decoder {
 public:
  void decode(View octets, std::string& tape);
  // No more octets will come.
  void finish(std::string& tape);
  [[nodiscard]] std::optional<Parity> parity() const { return parity_; }

 private:
  std::optional<Parity> parity_;
  std::string first_;
};

// The other direction. A character with its eighth bit set is sent with wrong parity.
[[nodiscard]] std::string encode(View tape, Parity parity);

}  // namespace torntape::grammar::ia5
