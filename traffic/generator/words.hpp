// What made-up telegrams talk about: nothing.
#pragma once

#include <string>

#include "traffic/generator/random.hpp"

namespace torntape::generator {

// "HARBOR CLOCK IS RIGHT AGAIN".
[[nodiscard]] std::string subject(Random& random);
// Numbered paragraphs of so many lines, blank lines between them not counted; "(C)" or "(U)" by the letter.
[[nodiscard]] std::string paragraphs(Random& random, std::uint32_t lines, char classification);

}  // namespace torntape::generator
