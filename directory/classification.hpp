// The letter of a class in the security warning (ACP 127(G) 124.b; E: 5 FAH-2 H-320).
#pragma once

#include <optional>

#include "directory/network.hpp"

namespace torntape::directory {

// None for a letter that stands for no class.
[[nodiscard]] constexpr std::optional<Class> class_of(char letter) {
  switch (letter) {
    case 'U':
      return Class::unclassified;
    case 'E':
      return Class::efto;
    case 'R':
      return Class::restricted;
    case 'C':
      return Class::confidential;
    case 'S':
      return Class::secret;
    case 'T':
      return Class::top_secret;
    default:
      return std::nullopt;
  }
}

}  // namespace torntape::directory
