// How long things took: a count for each stretch of time, the stretches one part in 128 wide, from a
// nanosecond to centuries. (Debian has HdrHistogram for Java only.)
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace torntape::send {

class Histogram {
 public:
  void record(std::chrono::nanoseconds time);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  // The time within which this share of all was done (0.99): the upper end of its stretch, and never more
  // than the longest.
  [[nodiscard]] std::chrono::nanoseconds within(double share) const;
  [[nodiscard]] std::chrono::nanoseconds longest() const { return longest_; }
  [[nodiscard]] std::chrono::nanoseconds mean() const;

 private:
  static constexpr unsigned fine = 7;  // bits of a number that count
  static constexpr std::size_t stretches = std::size_t{64 - fine + 1} << fine;
  [[nodiscard]] static std::size_t stretch_of(std::uint64_t nanoseconds);
  [[nodiscard]] static std::uint64_t end_of(std::size_t stretch);

  std::array<std::uint64_t, stretches> counts_{};
  std::uint64_t count_ = 0;
  long double sum_ = 0;
  std::chrono::nanoseconds longest_{0};
};

}  // namespace torntape::send
