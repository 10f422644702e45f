#include "traffic/send/codings.hpp"

#include <array>

namespace torntape::send {

std::optional<grammar::Coding> coding_named(std::string const& name) {
  using grammar::Alphabet;
  using grammar::ita2::Packing;
  static std::array<grammar::Coding, 6> const codings{
      grammar::Coding{},
      grammar::Coding{.alphabet = Alphabet::ita2},
      grammar::Coding{.alphabet = Alphabet::ita2_us},
      grammar::Coding{.alphabet = Alphabet::ita2, .packing = Packing::tight},
      grammar::Coding{.alphabet = Alphabet::ita2_us, .packing = Packing::tight},
      grammar::Coding{.alphabet = Alphabet::ia5}};
  for (auto const& coding : codings)
    if (grammar::name(coding) == name) return coding;
  return std::nullopt;
}

std::string no_such_coding(std::string const& name) {
  std::string text{"'"};
  return text.append(name).append(
      "' is no code; there is text, ita2, ita2-us, ita2-packed, ita2-us-packed, ia5");
}

}  // namespace torntape::send
