#include "router/relay/event.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace relay = torntape::relay;

TEST_CASE("ids as people see them") {
  CHECK(relay::to_string(relay::MessageNumber{42}) == "42");
  CHECK(relay::to_string(relay::CopyId{42, 3}) == "42-3");
}

TEST_CASE("what is written is read back") {
  CHECK(rc::check("ids", [] {
    relay::CopyId const id{*rc::gen::inRange<relay::MessageNumber>(1, (relay::MessageNumber{1} << 48U) - 1),
                           *rc::gen::arbitrary<std::uint16_t>()};
    relay::CopyId copy;
    relay::MessageNumber message = 0;
    RC_ASSERT(relay::read(relay::to_string(id), copy));
    RC_ASSERT(copy == id);
    RC_ASSERT(relay::read(relay::to_string(id.message), message));
    RC_ASSERT(message == id.message);
  }));
}

TEST_CASE("what is no id is refused and changes nothing") {
  relay::CopyId copy{7, 8};
  for (auto const* const text :
       {"", "-", "1", "1-", "-1", "0-1", "1-65536", "01-1", "1-01", "1--1", "1-1 ", " 1-1", "+1-1", "1-1-1",
        "a-1", "1-a", "281474976710656-1", "99999999999999999999-1"}) {
    INFO(text);
    CHECK_FALSE(relay::read(text, copy));
  }
  CHECK(copy == relay::CopyId{7, 8});
  relay::MessageNumber message = 9;
  for (auto const* const text : {"", "0", "01", "-1", "1-1", "1x", "281474976710656"}) {
    INFO(text);
    CHECK_FALSE(relay::read(text, message));
  }
  CHECK(message == 9);
}
