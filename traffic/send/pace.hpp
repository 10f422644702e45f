// When each message is to leave, whatever becomes of those before it (open loop): a list of times that waits
// for nobody. Pure: the same pace and seed give the same times.
//
//   100/s, 600/min, 5000/h    one after another, evenly
//   poisson:100/s             on average, as independent senders do
//   ramp:10-500/s:60s         from one rate to another within a time, then at the second
//   burst:50:10s              so many at once, each time
//   day:20000                 so many a day, by the hour as at an embassy: few at night, most before noon and
//   at closing max                       as soon as there is room (closed loop: latency counts from the
//   sending itself)
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "traffic/generator/random.hpp"

namespace torntape::send {

struct Pace {
  enum class Kind : std::uint8_t { most, even, poisson, ramp, burst, day };
  Kind kind = Kind::most;
  double rate = 0;  // a second; of a ramp the first, of a day the mean
  double last_rate = 0;
  std::uint64_t together = 1;          // of a burst
  std::chrono::nanoseconds period{0};  // of a ramp, a burst
};

// None where it is no pace.
[[nodiscard]] std::optional<Pace> read_pace(std::string_view text);

// The shares of a day's traffic by the hour (Z), in thousandths.
[[nodiscard]] std::array<std::uint32_t, 24> const& hours_of_a_day();

class Schedule {
 public:
  // `midnight`: how long before the start it was midnight, for a day.
  explicit Schedule(Pace const& pace, std::uint64_t seed = 1, std::chrono::nanoseconds since_midnight = {});

  // Since the start, of the next message; none where it is to leave as soon as there is room.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next();

 private:
  [[nodiscard]] double rate_at(double seconds) const;
  [[nodiscard]] double until_next();

  Pace pace_;
  generator::Random random_;
  double midnight_;  // seconds since
  double at_ = 0;    // seconds since the start
  std::uint64_t made_ = 0;
};

}  // namespace torntape::send
