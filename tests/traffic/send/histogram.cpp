#include "traffic/send/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace torntape::send;
using std::chrono::nanoseconds;

TEST_CASE("of any times, every share is found within one part in a hundred, and never too early") {
  REQUIRE(rc::check([] {
    auto times = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 40), rc::gen::inRange<std::int64_t>(0, 1 << 20)),
                     [](auto const& drawn) { return drawn.second << drawn.first >> 10; })));
    Histogram histogram;
    for (auto const time : times) histogram.record(nanoseconds{time});
    std::ranges::sort(times);
    for (auto const share : {0.5, 0.9, 0.99, 0.9999, 1.0}) {
      auto const place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(times.size())));
      auto const exact = static_cast<double>(times[std::max<std::size_t>(place, 1) - 1]);
      auto const found = static_cast<double>(histogram.within(share).count());
      RC_ASSERT(found >= exact);
      RC_ASSERT(found <= exact * 1.01 + 1);
    }
    RC_ASSERT(histogram.longest().count() == times.back());
  }));
}

TEST_CASE("a clock that runs backwards counts as no time at all") {
  Histogram histogram;
  histogram.record(nanoseconds{-5});
  CHECK(histogram.within(1).count() == 0);
}
