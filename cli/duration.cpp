#include "cli/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace torntape::cli {
namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
  std::string_view name;
};
constexpr std::array units{Unit{'d', 86'400, "day"}, Unit{'h', 3'600, "hour"}, Unit{'m', 60, "minute"},
                           Unit{'s', 1, "second"}};

// "1 hour": in the greatest unit that fits.
std::string in_words(std::chrono::seconds time) {
  for (auto const& unit : units) {
    if (time.count() % unit.seconds != 0) continue;
    auto const number = time.count() / unit.seconds;
    return fmt::format("{} {}{}", number, unit.name, number == 1 ? "" : "s");
  }
  return "";
}

}  // namespace

std::optional<std::chrono::seconds> read_duration(std::string_view text) {
  std::int64_t unit = 1;
  for (auto const& one : units) {
    if (!text.ends_with(one.letter)) continue;
    unit = one.seconds;
    text.remove_suffix(1);
    break;
  }
  std::int32_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end || value <= 0) return std::nullopt;
  return std::chrono::seconds{value * unit};
}

CLI::Option* add_duration(CLI::App& command, std::string const& name, std::chrono::seconds longest,
                          std::function<void(std::chrono::seconds)> take, std::string const& description) {
  auto const read = [name, longest, take = std::move(take)](CLI::results_t const& given) {
    auto const time = read_duration(given.back());
    if (!time)
      throw CLI::ValidationError(
          fmt::format("{}: '{}' is no time of a second or more, such as 60s, 5m, 1h", name, given.back()));
    if (*time > longest)
      throw CLI::ValidationError(
          fmt::format("{} is {}, expected at most {}", name, given.back(), in_words(longest)));
    take(*time);
    return true;
  };
  return command.add_option(name, read, description)->type_size(1)->option_text("TIME");
}

}  // namespace torntape::cli
