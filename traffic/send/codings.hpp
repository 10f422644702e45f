// The codes of a circuit by their names (docs/alphabets.md).
#pragma once

#include <optional>
#include <string>

#include "grammar/alphabets/coding.hpp"

namespace torntape::send {

// "text", "ita2", "ita2-us", "ita2-packed", "ita2-us-packed", "ia5".
[[nodiscard]] std::optional<grammar::Coding> coding_named(std::string const& name);
// In words.
[[nodiscard]] std::string no_such_coding(std::string const& name);

}  // namespace torntape::send
