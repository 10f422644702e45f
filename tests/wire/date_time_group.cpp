#include "wire/date_time_group.hpp"

#include <catch2/catch.hpp>

namespace torntape::wire {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

grammar::Preamble preamble(grammar::View day, grammar::View time, grammar::View zone, grammar::View month,
                           grammar::View year) {
  grammar::Preamble out;
  out.day = day;
  out.time = time;
  out.zone = zone;
  out.month = month;
  out.year = year;
  return out;
}

TEST_CASE("A date-time group names an instant") {
  CHECK(instant(preamble("17", "0141", "Z", "AUG", "09")) == sys_days{2009y / 8 / 17} + 1h + 41min);
  CHECK(instant(preamble("17", "0141", "Z", "AUG", "2009")) == sys_days{2009y / 8 / 17} + 1h + 41min);
}

TEST_CASE("A year of two digits lies in 1950-2049") {
  CHECK(instant(preamble("01", "0000", "Z", "JAN", "50")) == sys_days{1950y / 1 / 1});
  CHECK(instant(preamble("01", "0000", "Z", "JAN", "49")) == sys_days{2049y / 1 / 1});
}

TEST_CASE("A zone is taken at its hour") {
  CHECK(instant(preamble("17", "0041", "A", "AUG", "09")) == sys_days{2009y / 8 / 16} + 23h + 41min);
  CHECK(instant(preamble("17", "1200", "K", "AUG", "09")) == sys_days{2009y / 8 / 17} + 2h);
  CHECK(instant(preamble("17", "1200", "R", "AUG", "09")) == sys_days{2009y / 8 / 17} + 17h);
  CHECK_FALSE(instant(preamble("17", "1200", "J", "AUG", "09")));
}

TEST_CASE("What cannot be told is no instant") {
  CHECK_FALSE(instant(preamble("17", "0141", "Z", "AUG", {})));
  CHECK_FALSE(instant(preamble("17", "0141", "Z", "AUG", "0000")));
  CHECK_FALSE(instant(preamble("17", "0141", "Z", "AUG", "009")));
  CHECK_FALSE(instant(preamble("31", "0141", "Z", "FEB", "09")));
  CHECK_FALSE(instant(preamble("17", "2500", "Z", "AUG", "09")));
  CHECK_FALSE(instant(preamble("17", "0160", "Z", "AUG", "09")));
  CHECK_FALSE(instant(preamble("17", "0141", "Z", "AGO", "09")));
  CHECK_FALSE(instant(preamble("17", "0141", {}, "AUG", "09")));
  CHECK_FALSE(instant({}));
}

}  // namespace
}  // namespace torntape::wire
