#include "router/store/memory.hpp"

#include <catch2/catch.hpp>

#include "tests/router/store/support.hpp"

namespace store = torntape::store;
using store::testing::accepted;
using store::testing::commit;
using store::testing::handed;
using store::testing::replayed;

TEST_CASE("commits fail as often as told, and keep nothing") {
  store::MemoryStore kept;
  kept.fail(2);
  auto const failure = commit(kept, {accepted(1)});
  REQUIRE(failure.has_value());
  CHECK(failure->message == "no space left on device");
  CHECK(commit(kept, {accepted(1)}).has_value());
  CHECK(replayed(kept).empty());
  CHECK_FALSE(commit(kept, {accepted(1)}));
  CHECK(replayed(kept).size() == 1);
}

TEST_CASE("a mark of no message is not kept") {
  store::MemoryStore kept;
  CHECK_FALSE(commit(kept, {handed(1, 0)}));
  CHECK(replayed(kept).empty());
}
