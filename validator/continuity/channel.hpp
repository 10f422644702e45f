// The numbers of a channel, one a transmission (ACP 127(G) 112.b, 402.a).
#pragma once

#include <optional>

#include "validator/number.hpp"
#include "validator/rule.hpp"

namespace torntape::validator {

struct ChannelNumber {
  unsigned value;
  unsigned cycle;  // 1000 or 10000: after the last the series begins again
};

// None where FL1 is damaged, and on drop copies, which are not counted (channel XYZ).
[[nodiscard]] inline std::optional<ChannelNumber> channel_number(Message const& message) {
  auto const& first = message.transmission_identification;
  auto const value = number_of(first.sequence_number);
  auto const width = first.sequence_number.size();
  if (!value || first.channel.empty() || first.channel == "XYZ" || message.copy_kind == CopyKind::web)
    return std::nullopt;
  if (width != 3 && width != 4) return std::nullopt;
  return ChannelNumber{*value, width == 3 ? 1000U : 10000U};
}

// A series begins at 001, State's at 0000 or 0001; it may begin anew before its end (daily).
[[nodiscard]] constexpr bool begins_series(ChannelNumber number) { return number.value <= 1; }

}  // namespace torntape::validator
