#include "router/relay/identity.hpp"

#include <catch2/catch.hpp>

#include "tests/router/relay/support.hpp"

namespace relay = torntape::relay;
using relay::testing::received;
using relay::testing::seed_text;
using relay::testing::text_of;

// RT-30.
TEST_CASE("the identity of the seed") {
  CHECK(relay::identity(received(seed_text())->message()) == "RUEHTA 1399/01 2290141");
}

TEST_CASE("without a whole FL3 there is no identity") {
  CHECK(relay::identity(received("VZCZCXRO3820\nPP RUEHC\nDE RUEHTA\n")->message()).empty());
  CHECK(relay::identity(received("")->message()).empty());
}

// RT-32.
TEST_CASE("ZFD in FL4 makes a suspected duplicate") {
  CHECK_FALSE(relay::suspected_duplicate(received(seed_text())->message()));
  CHECK(relay::suspected_duplicate(received(text_of({.warning = "ZNY CCCCC ZZH ZFD"}))->message()));
}
