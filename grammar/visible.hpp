// What came from elsewhere, for a terminal or a log: it drives neither.
#pragma once

#include <string>
#include <string_view>

namespace torntape::grammar {

// The text with every control character, and every byte that is not UTF-8, as \x1b.
[[nodiscard]] std::string visible(std::string_view text);

}  // namespace torntape::grammar
