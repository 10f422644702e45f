#include "validator/time_of_file.hpp"

#include <fmt/format.h>

#include "grammar/filing_date.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

std::optional<minutes> time_of_day(View hours_and_minutes) {
  auto const value = number_of(hours_and_minutes);
  if (!value || hours_and_minutes.size() != 4) return std::nullopt;
  auto const hour = *value / 100;
  auto const minute = *value % 100;
  if (hour > 23 || minute > 59) return std::nullopt;
  return minutes{hour * 60 + minute};
}

std::optional<Instant> instant(std::optional<std::chrono::year_month_day> date, View time) {
  auto const clock = time_of_day(time);
  if (!date || !clock) return std::nullopt;
  return Instant{sys_days{*date}} + *clock;
}

}  // namespace

std::optional<Instant> drawn_up(Message const& message) {
  auto const& preamble = message.preamble;
  if (preamble.zone != "Z") return std::nullopt;
  return instant(grammar::date_of(preamble, message.conventions->year_pivot), preamble.time);
}

std::optional<Instant> filed(Message const& message) {
  auto const pivot = message.conventions->year_pivot;
  return instant(grammar::filing_date(message.origin, message.preamble, pivot), message.origin.time_of_file);
}

std::optional<minutes> filing_delay(Message const& message) {
  // The date of the date-time group is worked out once for both.
  auto const date = grammar::date_of(message.preamble, message.conventions->year_pivot);
  if (!date || message.preamble.zone != "Z") return std::nullopt;
  auto const from = instant(date, message.preamble.time);
  auto const to = instant(grammar::filing_date(message.origin, *date), message.origin.time_of_file);
  if (!from || !to) return std::nullopt;
  return *to - *from;
}

std::string julian_day(Instant instant) {
  auto const date = std::chrono::floor<std::chrono::days>(instant);
  auto const year = std::chrono::year_month_day{date}.year();
  return fmt::format("{:03}", (date - sys_days{year / 1 / 1}).count() + 1);
}

}  // namespace torntape::validator
