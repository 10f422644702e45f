// Numbers and times as people write them: "0.5", "250ms", "10s", "5m", "1h".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace torntape::send {

[[nodiscard]] std::optional<double> read_number(std::string_view text);
// With its unit: us, ms, s, m, min, h; a number alone counts seconds.
[[nodiscard]] std::optional<std::chrono::nanoseconds> read_time(std::string_view text);
// "812us", "61.2ms", "1.50s": three figures.
[[nodiscard]] std::string in_words(std::chrono::nanoseconds time);

}  // namespace torntape::send
