// When a message was drawn up (FL5) and filed (FL3), as instants that can be compared.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "validator/rule.hpp"

namespace torntape::validator {

using Instant = std::chrono::sys_time<std::chrono::minutes>;

// The date-time group; none where it cannot be read, or is not in zone Z.
[[nodiscard]] std::optional<Instant> drawn_up(Message const& message);

// Day and time of file, in the year (that of the date-time group, the one before or after it) that brings
// them nearest to the date-time group.
[[nodiscard]] std::optional<Instant> filed(Message const& message);

// From the date-time group to the time of file; negative where it was filed before it was drawn up.
[[nodiscard]] std::optional<std::chrono::minutes> filing_delay(Message const& message);

// "229" for 17 August 2009.
[[nodiscard]] std::string julian_day(Instant instant);

}  // namespace torntape::validator
