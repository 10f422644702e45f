#include "router/simulation/tally.hpp"

#include <algorithm>
#include <utility>

namespace torntape::simulation {

namespace {

using grammar::Precedence;

constexpr std::array objectives{std::pair{Precedence::flash, Duration{std::chrono::minutes{10}}},
                                std::pair{Precedence::immediate, Duration{std::chrono::minutes{30}}},
                                std::pair{Precedence::priority, Duration{std::chrono::hours{3}}},
                                std::pair{Precedence::routine, Duration{std::chrono::hours{6}}}};

std::size_t place(Precedence precedence) {
  return precedence >= Precedence::flash       ? 0
         : precedence == Precedence::immediate ? 1
         : precedence == Precedence::priority  ? 2
                                               : 3;
}

constexpr Duration::rep four_digits = 10'000, ten = 10;

// "1234", "1234_", "1234__": a time cut to four digits, by the digits that are left out and by those that
// stay.
std::size_t place_of(Duration time) {
  auto digits = std::max<Duration::rep>(0, time.count());
  std::size_t left_out = 0;
  for (; digits >= four_digits; digits /= ten) ++left_out;
  return left_out * four_digits + static_cast<std::size_t>(digits);
}

Duration time_at(std::size_t place) {
  auto digits = static_cast<Duration::rep>(place % four_digits);
  for (auto left_out = place / four_digits; left_out != 0; --left_out) digits *= ten;
  return Duration{digits};
}

}  // namespace

Tally::Tally() {
  for (std::size_t i = 0; i != speeds_.size(); ++i) {
    speeds_[i].precedence = objectives[i].first;
    speeds_[i].objective = objectives[i].second;
  }
}

void Tally::add(Tracked const& message) {
  ++totals_.messages;
  if (!message.refused.empty()) ++totals_.refused;
  for (auto const& duty : message.duties) {
    auto const at = place(duty.precedence);
    auto& speed = speeds_[at];
    ++totals_.copies;
    ++speed.copies;
    totals_.marked_again += duty.copies - duty.unmarked;
    if (duty.intercepted) ++totals_.intercepted, ++speed.intercepted;
    if (!duty.delivered) continue;
    auto const time = *duty.delivered - message.filed_at;
    ++totals_.delivered;
    ++speed.delivered;
    if (time <= speed.objective) ++speed.within;
    speed.longest = std::max(speed.longest, time);
    times_[at].count(time);
  }
}

void Tally::Times::count(Duration time) {
  auto const place = place_of(time);
  if (counted.size() <= place) counted.resize(place + 1);
  ++counted[place];
}

Duration Tally::Times::share(std::uint64_t of, std::uint64_t in_a_hundred) const {
  if (of == 0) return Duration{0};
  auto before = (of - 1) * in_a_hundred / 100;
  std::size_t place = 0;
  for (; place + 1 < counted.size() && before >= counted[place]; ++place) before -= counted[place];
  return time_at(place);
}

std::array<Speed, 4> Tally::speeds() const {
  auto speeds = speeds_;
  for (std::size_t i = 0; i != speeds.size(); ++i) {
    speeds[i].median = times_[i].share(speeds[i].delivered, 50);
    speeds[i].nine_in_ten = times_[i].share(speeds[i].delivered, 90);
  }
  return speeds;
}

}  // namespace torntape::simulation
