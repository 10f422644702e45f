#include "traffic/send/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace torntape::send {

// Small numbers have a stretch each; of greater ones the leading bits say which.
std::size_t Histogram::stretch_of(std::uint64_t nanoseconds) {
  auto const width = static_cast<unsigned>(std::bit_width(nanoseconds));
  if (width <= fine) return nanoseconds;
  auto const shift = width - fine - 1;
  return (std::size_t{shift} << fine) + (nanoseconds >> shift);
}

std::uint64_t Histogram::end_of(std::size_t stretch) {
  if (stretch < std::size_t{2} << fine) return stretch;
  auto const shift = (stretch >> fine) - 1;
  auto const leading = stretch - (shift << fine);
  return ((leading + 1) << shift) - 1;
}

void Histogram::record(std::chrono::nanoseconds time) {
  time = std::max(time, std::chrono::nanoseconds{0});
  ++counts_[stretch_of(static_cast<std::uint64_t>(time.count()))];
  ++count_;
  sum_ += static_cast<long double>(time.count());
  longest_ = std::max(longest_, time);
}

std::chrono::nanoseconds Histogram::within(double share) const {
  auto const wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t stretch = 0; stretch != counts_.size(); ++stretch) {
    seen += counts_[stretch];
    if (seen >= wanted && seen != 0)
      return std::min(std::chrono::nanoseconds{static_cast<std::int64_t>(end_of(stretch))}, longest_);
  }
  return longest_;
}

std::chrono::nanoseconds Histogram::mean() const {
  if (count_ == 0) return {};
  return std::chrono::nanoseconds{static_cast<std::int64_t>(sum_ / static_cast<long double>(count_))};
}

}  // namespace torntape::send
