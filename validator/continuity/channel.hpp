// The numbers of a channel, one a transmission (ACP 127(G) 112.b, 402.a).
#pragma once

#include <chrono>
#include <optional>

#include "grammar/filing_date.hpp"
#include "validator/number.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

struct ChannelNumber {
  unsigned value;
  unsigned cycle;                            // 1000 or 10000: after the last the series begins again
  std::optional<std::chrono::sys_days> day;  // of filing
};

// None where FL1 is damaged, and on drop copies, which are not counted (channel XYZ).
[[nodiscard]] inline std::optional<ChannelNumber> channel_number(Message const& message) {
  auto const& first = message.transmission_identification;
  auto const value = number_of(first.sequence_number);
  auto const width = first.sequence_number.size();
  if (!value || first.channel.empty() || first.channel == "XYZ" || message.copy_kind == CopyKind::web)
    return std::nullopt;
  if (width != 3 && width != 4) return std::nullopt;
  ChannelNumber number{*value, width == 3 ? 1000U : 10000U, {}};
  if (auto const instant = filed(message)) number.day = std::chrono::floor<std::chrono::days>(*instant);
  return number;
}

// A series begins at 001, State's at 0000 or 0001; whether it may do so before its end is a convention.
[[nodiscard]] inline bool begins_series(ChannelNumber const& number, ChannelNumber const& last,
                                        grammar::NumberReset reset) {
  if (number.value > 1) return false;
  if (last.value + 1 == number.cycle) return true;
  switch (reset) {
    case grammar::NumberReset::any:
      return true;
    case grammar::NumberReset::daily:
      return !number.day || !last.day || *number.day > *last.day;
    case grammar::NumberReset::cycle:
      break;
  }
  return false;
}

}  // namespace torntape::validator
