#include "traffic/send/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace torntape::send {

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (text.empty() || error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::chrono::nanoseconds> read_time(std::string_view text) {
  struct Unit {
    std::string_view name;
    double nanoseconds;
  };
  static constexpr std::array units{Unit{"us", 1e3}, Unit{"ms", 1e6},   Unit{"min", 6e10}, Unit{"s", 1e9},
                                    Unit{"m", 6e10}, Unit{"h", 3.6e12}, Unit{"d", 8.64e13}};
  double unit = 1e9;
  for (auto const& one : units) {
    if (!text.ends_with(one.name)) continue;
    unit = one.nanoseconds;
    text.remove_suffix(one.name.size());
    break;
  }
  auto const number = read_number(text);
  if (!number || *number < 0 || *number * unit > 9e18) return std::nullopt;
  return std::chrono::nanoseconds{static_cast<std::int64_t>(*number * unit)};
}

std::string in_words(std::chrono::nanoseconds time) {
  auto const nanoseconds = static_cast<double>(time.count());
  auto const three = [](double value) {
    return value < 10    ? fmt::format("{:.2f}", value)
           : value < 100 ? fmt::format("{:.1f}", value)
                         : fmt::format("{:.0f}", value);
  };
  if (nanoseconds < 1e6) return three(nanoseconds / 1e3).append("us");
  if (nanoseconds < 1e9) return three(nanoseconds / 1e6).append("ms");
  return three(nanoseconds / 1e9).append("s");
}

}  // namespace torntape::send
