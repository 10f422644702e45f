#include "cli/value.hpp"

#include <charconv>
#include <optional>
#include <string>

#include <fmt/format.h>

namespace torntape::cli {
namespace {

template <class Number>
std::optional<Number> read(std::string const& text) {
  Number number{};
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

}  // namespace

CLI::Validator whole_number(std::uint64_t from, std::uint64_t to) {
  auto const check = [from, to](std::string const& text) -> std::string {
    auto const number = read<std::uint64_t>(text);
    if (number && *number >= from && *number <= to) return {};
    if (to == std::numeric_limits<std::uint64_t>::max())
      return fmt::format("'{}' is no whole number from {} on", text, from);
    return fmt::format("'{}' is no whole number from {} to {}", text, from, to);
  };
  return CLI::Validator{check, ""};
}

CLI::Validator not_empty() {
  auto const check = [](std::string const& text) -> std::string {
    return text.empty() ? "an empty value says nothing; leave the option out" : "";
  };
  return CLI::Validator{check, ""};
}

CLI::Validator number_between(double from, double to) {
  auto const check = [from, to](std::string const& text) -> std::string {
    auto const number = read<double>(text);
    if (number && *number >= from && *number <= to) return {};  // 'nan' is neither
    return fmt::format("'{}' is no number from {} to {}", text, from, to);
  };
  return CLI::Validator{check, ""};
}

}  // namespace torntape::cli
