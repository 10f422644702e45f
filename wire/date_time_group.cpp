#include "wire/date_time_group.hpp"

#include <array>

#include "wire/number.hpp"

namespace torntape::wire {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::optional<unsigned> month_number(std::string_view month) {
  static constexpr std::array<std::string_view, 12> names{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                          "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  for (unsigned i = 0; i != names.size(); ++i)
    if (month.substr(0, 3) == names[i]) return i + 1;
  return std::nullopt;
}

std::optional<int> full_year(std::string_view year) {
  auto const value = number(year);
  if (!value) return std::nullopt;
  auto const written = static_cast<int>(*value);
  if (year.size() == 4 && written >= 1900 && written < 2100) return written;
  if (year.size() != 2) return std::nullopt;
  return written < 50 ? 2000 + written : 1900 + written;
}

// How far the clocks of a zone are ahead of Z.
std::optional<hours> ahead(std::string_view zone) {
  if (zone.size() != 1) return std::nullopt;
  auto const letter = zone.front();
  if (letter == 'Z') return hours{0};
  if (letter >= 'A' && letter <= 'I') return hours{letter - 'A' + 1};
  if (letter >= 'K' && letter <= 'M') return hours{letter - 'K' + 10};
  if (letter >= 'N' && letter <= 'Y') return hours{-(letter - 'N' + 1)};
  return std::nullopt;
}

std::optional<minutes> time_of_day(std::string_view time) {
  auto const value = number(time);
  if (!value || time.size() != 4 || *value / 100 > 23 || *value % 100 > 59) return std::nullopt;
  return hours{*value / 100} + minutes{*value % 100};
}

}  // namespace

std::optional<std::chrono::sys_seconds> instant(grammar::Preamble const& preamble) {
  auto const day = number(preamble.day);
  auto const month = month_number(preamble.month);
  auto const year = full_year(preamble.year);
  auto const time = time_of_day(preamble.time);
  auto const zone = ahead(preamble.zone);
  if (!day || !month || !year || !time || !zone) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year{*year}, std::chrono::month{*month},
                                         std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + *time - *zone;
}

}  // namespace torntape::wire
