// The same patterns run by two libraries. False where a line does not match.
#pragma once

#include <string_view>

#include "bench/grammar/patterns.hpp"

namespace torntape::bench {

[[nodiscard]] bool extract_by_re2(std::string_view heading, Extract& out);
[[nodiscard]] bool extract_by_std_regex(std::string_view heading, Extract& out);

}  // namespace torntape::bench
