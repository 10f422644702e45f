// Digits → number.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace torntape::wire {

// None where the text is not all digits, or too large.
[[nodiscard]] inline std::optional<std::uint32_t> number(std::string_view digits) {
  std::uint32_t value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace torntape::wire
