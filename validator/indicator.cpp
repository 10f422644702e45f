#include "validator/indicator.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace torntape::validator {

namespace {

bool letters(View text) {
  return std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::optional<IndicatorFault> fault_of_indicator(View indicator, Message const& m) {
  auto const size = indicator.size();
  auto const first = indicator.empty() ? ' ' : indicator.front();
  auto const known_first = first == 'R' || first == 'Q' || first == 'U';
  if (size < 4 || size > 8 || !known_first || !letters(indicator))
    return IndicatorFault{
        Severity::error,
        fmt::format("`{}` is no routing indicator, expected 4-7 letters, the first R or Q", indicator)};
  if (first == 'U')
    return IndicatorFault{
        Severity::warning,
        fmt::format("routing indicator `{}` begins with U, a tactical one, expected R or Q", indicator)};
  if (size == 8)
    return IndicatorFault{Severity::warning,
                          fmt::format("routing indicator `{}` has eight letters, expected 4-7", indicator)};
  if (size == 4 && m.profile == Profile::state && m.form != grammar::MessageForm::service)
    return IndicatorFault{Severity::warning,
                          fmt::format("routing indicator `{}` has four letters, expected 5-7", indicator)};
  return std::nullopt;
}

}  // namespace torntape::validator
