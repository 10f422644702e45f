#include "traffic/send/expectation.hpp"

#include <catch2/catch.hpp>

using namespace torntape::send;
using namespace std::chrono_literals;

namespace {

Met meets(Tally const& tally, std::string_view text) {
  return torntape::send::meets(tally, std::get<0>(read_expectations(text)).at(0));
}

}  // namespace

TEST_CASE("expectations are held against what was found") {
  Tally tally;
  for (auto i = 1; i <= 100; ++i) tally.latency.record(i * 1ms);
  tally.confirmed = 100;
  tally.refused = 2;
  tally.took = 10s;
  CHECK(meets(tally, "p50<51ms").met);
  CHECK_FALSE(meets(tally, "p50<49ms").met);
  CHECK(meets(tally, "max<=100ms").met);
  CHECK(meets(tally, "rate>=10/s").met);
  CHECK_FALSE(meets(tally, "rate>10").met);
  CHECK_FALSE(meets(tally, "refused=0").met);
  CHECK(meets(tally, "refused=0").found == "2");
  CHECK(meets(tally, "max<1s").found == "100ms");
}

TEST_CASE("a latency is not met where nothing was confirmed") { CHECK_FALSE(meets({}, "p99<1h").met); }

TEST_CASE("several are read, and what is none is told") {
  CHECK(std::get<0>(read_expectations("p99<50ms,refused=0")).size() == 2);
  for (auto const* const text : {"p99", "p98<1s", "p99<<5ms", "refused=none", "=5", "p99<", "p99<5"}) {
    INFO(text);
    CHECK(std::holds_alternative<std::string>(read_expectations(text)));
  }
}
