#include "bench/router/traffic.hpp"

#include <chrono>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace torntape::bench::router {

std::string queue(std::size_t i) { return fmt::format("RTBXA{}", static_cast<char>('A' + i)); }

Traffic::Traffic(char precedence) : precedence_(precedence) {
  auto const* const word = precedence == 'Z' ? " FLASH" : "";
  for (std::size_t i = 0; i != addressees; ++i)
    address_.append(fmt::format("{}{}/DEMO POST {}{}\n",
                                i == 0   ? "TO "
                                : i == 1 ? "INFO "
                                         : "",
                                queue(i), static_cast<char>('A' + i), word));
  while (address_.size() + text_.size() < 2850)
    text_.append("THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG 1234567890 TIMES\n");
}

std::string Traffic::message(std::size_t n) const {
  using namespace std::chrono;
  auto const serial = n % 10'000;
  // A minute of 2000 to 2009 for each ten thousand.
  auto const at = sys_days{year{2000} / 1 / 1} + minutes{n / 10'000 % 300'000'0};
  auto const date = year_month_day{floor<days>(at)};
  auto const day_of_year = (sys_days{date} - sys_days{date.year() / 1 / 1}).count() + 1;
  auto const clock = hh_mm_ss{at - floor<days>(at)};
  auto const time = fmt::format("{:02}{:02}", clock.hours().count(), clock.minutes().count());
  static constexpr char const* months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                           "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  return fmt::format(
      "VZCZCTAI{2:04}\n{0}{0} {1}\nDE RTBAKV #{2:04} {3:03}{4}\nZNR UUUUU ZZH\n{0} {5:02}{4}Z {6} {7:02}\nFM "
      "DEMO "
      "POST\n{8}BT\n"
      "UNCLAS DEMO POST {9:06}\n{10}BT\n#{2:04}\nNNNN\n",
      precedence_, queue(0), serial, day_of_year, time, static_cast<unsigned>(date.day()),
      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()) % 100, address_,
      n % 1'000'000, text_);
}

}  // namespace torntape::bench::router
