// Times as a scenario writes them.
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "router/simulation/scenario_file.hpp"

namespace torntape::simulation {

namespace {

constexpr std::int64_t longest = 100'000;  // of one unit: no sum overflows

constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

std::string_view take_unit(std::string_view& text) {
  auto const end = std::min(text.find_first_of("0123456789"), text.size());
  auto const unit = text.substr(0, end);
  text.remove_prefix(end);
  return unit;
}

}  // namespace

std::optional<Duration> read_time(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Duration sum{0};
  while (!text.empty()) {
    std::int64_t number = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0 || number > longest) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    auto const unit = std::ranges::find(units, take_unit(text), &decltype(units)::value_type::first);
    if (unit == units.end()) return std::nullopt;
    sum += Duration{number * unit->second};
  }
  return sum;
}

std::string to_string(Duration time) {
  if (time == Duration::zero()) return "0s";
  auto left = time.count();
  std::string text;
  for (auto const& [name, length] : units) {
    if (left / length != 0) text.append(fmt::format("{}{}", left / length, name));
    left %= length;
  }
  return text;
}

}  // namespace torntape::simulation
