#include "validator/relay_lines.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace torntape::validator {

namespace {

bool concerns_a_relay(grammar::Diagnostic const& found) {
  constexpr std::array families{"FL1-", "FL2-", "FL3-", "FL4-", "FL16-"};
  return found.severity == grammar::Severity::error &&
         std::ranges::any_of(families, [&](auto family) { return found.rule.starts_with(family); });
}

}  // namespace

grammar::Diagnostic const* error_for_a_relay(std::span<grammar::Diagnostic const> found) {
  auto const error = std::ranges::find_if(found, concerns_a_relay);
  return error == found.end() ? nullptr : &*error;
}

std::string fault_for_a_relay(grammar::Message const& message, std::span<grammar::Diagnostic const> found) {
  if (!grammar::present(message.end.nnnn)) return "no end of message is read in it (RT-02)";
  auto const* const fault = error_for_a_relay(found);
  if (fault == nullptr) return {};
  return fmt::format("{} ({})", fault->message, fault->rule);
}

}  // namespace torntape::validator
