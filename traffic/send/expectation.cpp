#include "traffic/send/expectation.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "traffic/send/quantity.hpp"

namespace torntape::send {
namespace {

using Seconds = std::chrono::duration<double>;

enum class Unit : std::uint8_t { time, messages, rate };

struct Quantity {
  std::string_view name;
  Unit unit;
  double (*of)(Tally const&);
};

template <int per_ten_thousand>
double within(Tally const& tally) {
  return Seconds{tally.latency.within(per_ten_thousand / 10'000.0)}.count();
}
template <std::uint64_t Tally::* member>
double counted(Tally const& tally) {
  return static_cast<double>(tally.*member);
}

constexpr std::array quantities{
    Quantity{"p50", Unit::time, within<5'000>},
    Quantity{"p90", Unit::time, within<9'000>},
    Quantity{"p95", Unit::time, within<9'500>},
    Quantity{"p99", Unit::time, within<9'900>},
    Quantity{"p99.9", Unit::time, within<9'990>},
    Quantity{"p99.99", Unit::time, within<9'999>},
    Quantity{"max", Unit::time, [](Tally const& tally) { return Seconds{tally.latency.longest()}.count(); }},
    Quantity{"mean", Unit::time, [](Tally const& tally) { return Seconds{tally.latency.mean()}.count(); }},
    Quantity{"latest", Unit::time, [](Tally const& tally) { return Seconds{tally.latest}.count(); }},
    Quantity{"offered", Unit::messages, counted<&Tally::offered>},
    Quantity{"confirmed", Unit::messages, counted<&Tally::confirmed>},
    Quantity{"sent", Unit::messages, counted<&Tally::sent>},
    Quantity{"refused", Unit::messages, counted<&Tally::refused>},
    Quantity{"failed", Unit::messages, counted<&Tally::failed>},
    Quantity{"unknown", Unit::messages, counted<&Tally::unknown>},
    Quantity{"repeats", Unit::messages, counted<&Tally::repeats>},
    Quantity{"reconnections", Unit::messages, counted<&Tally::reconnections>},
    Quantity{"rate", Unit::rate, [](Tally const& tally) { return tally.rate(); }},
};

Quantity const* quantity_named(std::string_view name) {
  for (auto const& quantity : quantities)
    if (quantity.name == name) return &quantity;
  return nullptr;
}

std::string names() {
  std::string all;
  for (auto const& quantity : quantities) all.append(all.empty() ? "" : ", ").append(quantity.name);
  return all;
}

std::variant<Expectation, std::string> read_one(std::string_view text) {
  auto const at = text.find_first_of("<=>");
  if (at == std::string_view::npos || at == 0)
    return fmt::format("'{}' is no expectation such as p99<50ms or refused=0", text);
  auto const end = text.find_first_not_of("<=>", at);
  Expectation one{std::string{text}, std::string{text.substr(0, at)}, std::string{text.substr(at, end - at)}};
  auto const* const quantity = quantity_named(one.quantity);
  if (quantity == nullptr) return fmt::format("nothing is known of '{}'; there is {}", one.quantity, names());
  static constexpr std::array<std::string_view, 5> relations{"<", "<=", "=", ">=", ">"};
  if (std::ranges::find(relations, one.relation) == relations.end())
    return fmt::format("'{}' is no relation; there is < <= = >= >", one.relation);
  auto const value = end == std::string_view::npos ? std::string_view{} : text.substr(end);
  if (quantity->unit == Unit::time) {
    auto const time = read_time(value);
    auto const has_unit = value == "0" || (!value.empty() && value.back() >= 'a' && value.back() <= 'z');
    if (!time || !has_unit) return fmt::format("'{}' is no time such as 50ms or 2s", value);
    one.value = Seconds{*time}.count();
    return one;
  }
  auto const number = read_number(value.substr(0, value.ends_with("/s") ? value.size() - 2 : value.size()));
  if (!number) return fmt::format("'{}' is no number", value);
  one.value = *number;
  return one;
}

bool holds(double found, std::string_view relation, double value) {
  if (relation == "<") return found < value;
  if (relation == "<=") return found <= value;
  if (relation == ">") return found > value;
  if (relation == ">=") return found >= value;
  return found == value;
}

}  // namespace

std::variant<std::vector<Expectation>, std::string> read_expectations(std::string_view text) {
  std::vector<Expectation> all;
  while (!text.empty()) {
    auto const end = text.find(',');
    auto one = read_one(text.substr(0, end));
    if (auto* const why = std::get_if<std::string>(&one)) return std::move(*why);
    all.push_back(std::move(std::get<Expectation>(one)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return all;
}

// A latency of which there is none meets nothing.
Met meets(Tally const& tally, Expectation const& expectation) {
  auto const& quantity = *quantity_named(expectation.quantity);
  auto const found = quantity.of(tally);
  if (quantity.unit == Unit::time && tally.latency.count() == 0) return {false, "nothing confirmed"};
  auto const met = holds(found, expectation.relation, expectation.value);
  if (quantity.unit == Unit::time)
    return {met, in_words(std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds{found}))};
  return {met, quantity.unit == Unit::rate ? fmt::format("{:.1f}/s", found) : fmt::format("{:.0f}", found)};
}

}  // namespace torntape::send
