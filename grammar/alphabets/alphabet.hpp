// The alphabets in which a circuit carries a message.
#pragma once

#include <cstdint>
#include <string_view>

namespace torntape::grammar {

enum class Alphabet : std::uint8_t {
  text,     // characters of ASCII, as files hold them: no capture
  ita2,     // International Telegraph Alphabet No. 2, the upper case of ACP 127(G) 140
  ita2_us,  // the same with the upper case of U.S. machines, which have $ ! & # ' ; "
  ia5       // International Alphabet No. 5: seven bits, and one of parity
};

[[nodiscard]] constexpr bool is_ita2(Alphabet alphabet) {
  return alphabet == Alphabet::ita2 || alphabet == Alphabet::ita2_us;
}

// "text", "ita2", "ita2-us", "ia5".
[[nodiscard]] std::string_view name(Alphabet alphabet);

}  // namespace torntape::grammar
