// When a message was drawn up (FL5) and filed (FL3), as calendar dates, and as instants that can be compared.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "grammar/message.hpp"

namespace torntape::grammar {

// The day of the date-time group; none where day, month or year cannot be read. Two digits are of the hundred
// years from the pivot on (Conventions::year_pivot).
[[nodiscard]] std::optional<std::chrono::year_month_day> date_of(Preamble const& preamble, int year_pivot);

// A year of two digits in full.
[[nodiscard]] constexpr int in_full(int two_digits, int year_pivot) {
  auto const century = year_pivot - year_pivot % 100;
  return century + two_digits + (two_digits < year_pivot % 100 ? 100 : 0);
}

// The day of filing: a Julian day ("229") in the year that brings it nearest to the date-time group, a
// day of the month ("17") in the month that does.
[[nodiscard]] std::optional<std::chrono::year_month_day> filing_date(Origin const& origin,
                                                                     Preamble const& preamble,
                                                                     int year_pivot);
// The same beside a date-time group that is known to be of that day.
[[nodiscard]] std::optional<std::chrono::year_month_day> filing_date(Origin const& origin,
                                                                     std::chrono::year_month_day drawn_up);

using Instant = std::chrono::sys_time<std::chrono::minutes>;

// The date-time group; none where it cannot be read, or is not in zone Z.
[[nodiscard]] std::optional<Instant> drawn_up(Message const& message);

// Day and time of file, in the year that brings them nearest to the date-time group.
[[nodiscard]] std::optional<Instant> filed(Message const& message);

// From the date-time group to the time of file; negative where it was filed before it was drawn up.
[[nodiscard]] std::optional<std::chrono::minutes> filing_delay(Message const& message);

// "229" for 17 August 2009.
[[nodiscard]] std::string julian_day(Instant instant);

// "17 August 2009".
[[nodiscard]] std::string in_words(std::chrono::year_month_day date);

}  // namespace torntape::grammar
