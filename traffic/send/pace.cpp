#include "traffic/send/pace.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "traffic/send/quantity.hpp"

namespace torntape::send {
namespace {

constexpr double seconds_of_a_day = 86'400;
constexpr double seconds_of_an_hour = 3'600;

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "100/s", "600/min", "5000/h", "100": a second.
std::optional<double> read_rate(std::string_view text) {
  double per = 1;
  if (auto const slant = text.find('/'); slant != std::string_view::npos) {
    auto const unit = text.substr(slant + 1);
    if (unit == "min")
      per = 60;
    else if (unit == "h")
      per = seconds_of_an_hour;
    else if (unit != "s")
      return std::nullopt;
    text = text.substr(0, slant);
  }
  auto const number = read_number(text);
  if (!number || *number <= 0 || *number > 1e7) return std::nullopt;
  return *number / per;
}

std::optional<Pace> read_ramp(std::string_view text) {
  auto const dash = text.find('-'), colon = text.find(':');
  if (dash == std::string_view::npos || colon == std::string_view::npos || colon < dash) return std::nullopt;
  auto const last = text.substr(dash + 1, colon - dash - 1);
  auto const slant = last.find('/');
  auto const unit = slant == std::string_view::npos ? std::string{} : std::string{last.substr(slant)};
  auto const from = read_rate(std::string{text.substr(0, dash)}.append(unit));
  auto const to = read_rate(last);
  auto const within = read_time(text.substr(colon + 1));
  if (!from || !to || !within || within->count() <= 0) return std::nullopt;
  return Pace{.kind = Pace::Kind::ramp, .rate = *from, .last_rate = *to, .period = *within};
}

std::optional<Pace> read_burst(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  auto const together = read_number(text.substr(0, colon));
  auto const period = read_time(text.substr(colon + 1));
  if (!together || *together < 1 || *together > 1e7 || !period || period->count() <= 0) return std::nullopt;
  return Pace{
      .kind = Pace::Kind::burst, .together = static_cast<std::uint64_t>(*together), .period = *period};
}

}  // namespace

std::optional<Pace> read_pace(std::string_view text) {
  if (text == "max") return Pace{};
  if (take_prefix(text, "ramp:")) return read_ramp(text);
  if (take_prefix(text, "burst:")) return read_burst(text);
  if (take_prefix(text, "day:")) {
    auto const messages = read_number(text);
    if (!messages || *messages < 1 || *messages > 1e9) return std::nullopt;
    return Pace{.kind = Pace::Kind::day, .rate = *messages / seconds_of_a_day};
  }
  auto const poisson = take_prefix(text, "poisson:");
  auto const rate = read_rate(text);
  if (!rate) return std::nullopt;
  return Pace{.kind = poisson ? Pace::Kind::poisson : Pace::Kind::even, .rate = *rate};
}

std::array<std::uint32_t, 24> const& hours_of_a_day() {
  static constexpr std::array<std::uint32_t, 24> shares{14, 11, 10, 10, 12, 18, 30, 46, 62, 72, 74, 68,
                                                        54, 58, 64, 70, 74, 66, 50, 40, 33, 27, 21, 16};
  return shares;
}

Schedule::Schedule(Pace const& pace, std::uint64_t seed, std::chrono::nanoseconds since_midnight)
    : pace_{pace}, random_{seed, "pace"}, midnight_{std::chrono::duration<double>{since_midnight}.count()} {}

double Schedule::rate_at(double seconds) const {
  if (pace_.kind == Pace::Kind::ramp) {
    auto const part = std::min(1.0, seconds / std::chrono::duration<double>{pace_.period}.count());
    return pace_.rate + (pace_.last_rate - pace_.rate) * part;
  }
  if (pace_.kind != Pace::Kind::day) return pace_.rate;
  auto const hour =
      static_cast<std::size_t>(std::fmod(midnight_ + seconds, seconds_of_a_day) / seconds_of_an_hour);
  return pace_.rate * hours_of_a_day()[hour % 24] * 24 / 1'000;
}

// Of independent senders the times between are exponential.
double Schedule::until_next() {
  auto const rate = rate_at(at_);
  if (pace_.kind != Pace::Kind::poisson && pace_.kind != Pace::Kind::day) return 1 / rate;
  constexpr double steps = 9'007'199'254'740'992;  // 2^53
  auto const drawn = (static_cast<double>(random_.next() >> 11U) + 1) / steps;
  return -std::log(drawn) / rate;
}

std::optional<std::chrono::nanoseconds> Schedule::next() {
  using Seconds = std::chrono::duration<double>;
  switch (pace_.kind) {
    case Pace::Kind::most:
      return std::nullopt;
    case Pace::Kind::burst:
      return pace_.period * static_cast<std::int64_t>(made_++ / pace_.together);
    case Pace::Kind::even:
      at_ = static_cast<double>(made_++) / pace_.rate;
      break;
    default:
      if (made_++ != 0 || pace_.kind != Pace::Kind::ramp) at_ += until_next();
  }
  return std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds{at_});
}

}  // namespace torntape::send
