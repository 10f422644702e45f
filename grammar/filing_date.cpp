#include "grammar/filing_date.hpp"

#include <array>

#include "grammar/characters.hpp"
#include "grammar/fl05_preamble/preamble.hpp"

namespace torntape::grammar {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

std::optional<int> number(View digits) {
  if (digits.size() > 9 || !all(Class::digit, digits)) return {};
  int value = 0;
  for (char const c : digits) value = value * 10 + (c - '0');
  return value;
}

constexpr std::array<View, 12> month_names{"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};

std::optional<month> month_of(View letters) {
  auto const number = fl05::month_number(letters);
  if (number == 0) return {};
  return month{number};
}

std::optional<year> year_of(View digits, int year_pivot) {
  auto const value = number(digits);
  if (!value || (digits.size() != 2 && digits.size() != 4)) return {};
  if (digits.size() == 4) return year{*value};
  return year{in_full(*value, year_pivot)};
}

days apart(sys_days a, sys_days b) { return a < b ? b - a : a - b; }

// The candidate nearest to the date of the date-time group.
struct Nearest {
  sys_days to;
  std::optional<sys_days> best = {};

  void offer(sys_days candidate) {
    if (!best || apart(candidate, to) < apart(*best, to)) best = candidate;
  }
};

std::optional<minutes> time_of_day(View hours_and_minutes) {
  auto const value = number(hours_and_minutes);
  if (!value || hours_and_minutes.size() != 4) return {};
  auto const hour = *value / 100;
  auto const minute = *value % 100;
  if (hour > 23 || minute > 59) return {};
  return minutes{hour * 60 + minute};
}

std::optional<Instant> instant(std::optional<year_month_day> date, View time) {
  auto const clock = time_of_day(time);
  if (!date || !clock) return {};
  return Instant{sys_days{*date}} + *clock;
}

bool has_day(year y, int day_of_year) { return day_of_year >= 1 && day_of_year <= (y.is_leap() ? 366 : 365); }

void offer_julian(Nearest& nearest, year around, int day_of_year) {
  // Less than half a year away, no other year brings it nearer.
  auto const in_year = [&](year y) { return sys_days{y / 1 / 1} + days{day_of_year - 1}; };
  if (has_day(around, day_of_year) && apart(in_year(around), nearest.to) <= days{182})
    return nearest.offer(in_year(around));
  for (auto const y : {around - std::chrono::years{1}, around, around + std::chrono::years{1}})
    if (has_day(y, day_of_year)) nearest.offer(in_year(y));
}

void offer_day_of_month(Nearest& nearest, std::chrono::year_month around, int day_of_month) {
  using std::chrono::months;
  for (auto const m : {around - months{1}, around, around + months{1}}) {
    auto const date = m / day{static_cast<unsigned>(day_of_month)};
    if (date.ok()) nearest.offer(sys_days{date});
  }
}

}  // namespace

std::optional<year_month_day> date_of(Preamble const& preamble, int year_pivot) {
  auto const d = number(preamble.day);
  auto const m = month_of(preamble.month);
  auto const y = year_of(preamble.year, year_pivot);
  if (!d || !m || !y) return {};
  auto const date = *y / *m / day{static_cast<unsigned>(*d)};
  if (!date.ok()) return {};
  return date;
}

std::optional<year_month_day> filing_date(Origin const& origin, Preamble const& preamble, int year_pivot) {
  auto const drawn_up = date_of(preamble, year_pivot);
  if (!drawn_up) return {};
  return filing_date(origin, *drawn_up);
}

std::optional<year_month_day> filing_date(Origin const& origin, year_month_day drawn_up) {
  Nearest nearest{sys_days{drawn_up}};
  if (auto const filed = number(origin.day_of_year); filed && origin.day_of_year.size() == 3)
    offer_julian(nearest, drawn_up.year(), *filed);
  else if (auto const of_month = number(origin.day_of_month))
    offer_day_of_month(nearest, drawn_up.year() / drawn_up.month(), *of_month);
  if (!nearest.best) return {};
  return year_month_day{*nearest.best};
}

std::optional<Instant> drawn_up(Message const& message) {
  auto const& preamble = message.preamble;
  if (preamble.zone != "Z") return {};
  return instant(date_of(preamble, message.conventions->year_pivot), preamble.time);
}

std::optional<Instant> filed(Message const& message) {
  auto const pivot = message.conventions->year_pivot;
  return instant(filing_date(message.origin, message.preamble, pivot), message.origin.time_of_file);
}

std::optional<minutes> filing_delay(Message const& message) {
  // The date of the date-time group is worked out once for both.
  auto const date = date_of(message.preamble, message.conventions->year_pivot);
  if (!date || message.preamble.zone != "Z") return {};
  auto const from = instant(date, message.preamble.time);
  auto const to = instant(filing_date(message.origin, *date), message.origin.time_of_file);
  if (!from || !to) return {};
  return *to - *from;
}

std::string julian_day(Instant instant) {
  year_month_day const date{std::chrono::floor<days>(instant)};
  auto const day_of_year = (sys_days{date} - sys_days{date.year() / 1 / 1}).count() + 1;
  auto const digits = std::to_string(day_of_year);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string in_words(year_month_day date) {
  auto const name = month_names[static_cast<unsigned>(date.month()) - 1];
  return std::to_string(static_cast<unsigned>(date.day())) + ' ' + std::string{name} + ' ' +
         std::to_string(static_cast<int>(date.year()));
}

}  // namespace torntape::grammar
