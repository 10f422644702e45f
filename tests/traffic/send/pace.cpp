#include "traffic/send/pace.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>

using namespace torntape::send;
using namespace std::chrono_literals;

namespace {

std::vector<double> times(Schedule schedule, std::size_t count) {
  std::vector<double> all;
  for (std::size_t i = 0; i != count; ++i)
    all.push_back(std::chrono::duration<double>{schedule.next().value()}.count());
  return all;
}
std::vector<double> times(std::string_view pace, std::size_t count, std::uint64_t seed = 1) {
  return times(Schedule{read_pace(pace).value(), seed}, count);
}

}  // namespace

TEST_CASE("an even pace begins at once and does not drift") {
  auto const found = times("3/s", 3001);
  CHECK(found[0] == 0);
  CHECK(found[3000] == Approx(1000).epsilon(1e-9));
  CHECK(times("180/min", 4)[3] == Approx(1));
  CHECK(times("10800/h", 4)[3] == Approx(1));
}

TEST_CASE(
    "independent senders: the mean and the spread of an exponential distribution, the same from one seed") {
  auto const found = times("poisson:50/s", 20001);
  CHECK(found == times("poisson:50/s", 20001));
  CHECK(found != times("poisson:50/s", 20001, 2));
  double squares = 0;
  for (std::size_t i = 1; i != found.size(); ++i) squares += std::pow(found[i] - found[i - 1], 2);
  CHECK(found.back() == Approx(400).epsilon(0.03));
  CHECK(squares / 20000 == Approx(2.0 / 2500).epsilon(0.08));
}

TEST_CASE("a ramp goes from one rate to the other, and stays there") {
  auto const found = times("ramp:10-100/s:60s", 4300);
  std::array<int, 3> in{};
  for (auto const time : found) {
    in[0] += time < 10 ? 1 : 0;
    in[1] += time >= 50 && time < 60 ? 1 : 0;
    in[2] += time >= 60 && time < 70 ? 1 : 0;
  }
  CHECK(in[0] == Approx(175).margin(4));
  CHECK(in[1] == Approx(925).margin(4));
  CHECK(in[2] == Approx(1000).margin(4));
}

TEST_CASE("a burst is so many at once") {
  CHECK(times("burst:3:10s", 7) == std::vector<double>{0, 0, 0, 10, 10, 10, 20});
}

TEST_CASE("a day follows its hours from the hour at which it begins") {
  std::uint32_t sum = 0;
  for (auto const share : hours_of_a_day()) sum += share;
  CHECK(sum == 1000);
  auto const of_ten = static_cast<double>(hours_of_a_day()[10]);
  std::size_t in_the_first_hour = 0;
  for (auto const time : times(Schedule{read_pace("day:200000").value(), 1, 10h}, 30000))
    in_the_first_hour += time < 3600 ? 1 : 0;
  CHECK(static_cast<double>(in_the_first_hour) == Approx(200 * of_ten).epsilon(0.03));
}

TEST_CASE("what is no pace is none") {
  for (auto const* const text : {"", "0", "-3/s", "5/y", "poisson:", "ramp:10:5s", "ramp:1-2", "burst:0:1s",
                                 "burst:5", "day:0", "quick", "1e3/s", "nan/s", "100/s "})
    CHECK_FALSE(read_pace(text));
  CHECK(read_pace("max"));
  CHECK_FALSE(Schedule{Pace{}}.next());
}
