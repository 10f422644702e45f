#include "router/relay/circuits.hpp"

#include <catch2/catch.hpp>

#include "router/relay/repeats.hpp"

namespace relay = torntape::relay;

namespace {

relay::Circuit circuit() {
  torntape::directory::Circuit described;
  described.name = "XR";
  described.first = "RTAA";
  described.second = "RTEA";
  described.out_channel = "XRO";
  described.in_channel = "XRI";
  return {described, "RTAA"};
}

}  // namespace

TEST_CASE("each end sends on its own channel") {
  auto const ours = circuit();
  CHECK(ours.sending_channel == "XRO");
  CHECK(ours.receiving_channel == "XRI");
  CHECK(ours.far_end == "RTEA");
  CHECK(ours.queue == "circuit XR");
}

TEST_CASE("identifications are read on their own channel alone") {
  CHECK(relay::number_on("XRO", "XRO3820") == 3820);
  CHECK(relay::number_on("XRO", "XRO001") == 1);
  CHECK_FALSE(relay::number_on("XRO", "XRI3820"));
  CHECK_FALSE(relay::number_on("XRO", "XRO38201"));
  CHECK_FALSE(relay::number_on("XRO", "XRO38A0"));
  CHECK_FALSE(relay::number_on("XRO", "XRO"));
  CHECK(relay::identification("XRO", 7) == "XRO0007");
}

TEST_CASE("numbers run over the end of the cycle") {
  auto ours = circuit();
  CHECK(ours.next_number() == 1);
  ours.last_sent = 9999;
  CHECK(ours.next_number() == 1);
  CHECK(relay::not_after(9999, 1));
  CHECK_FALSE(relay::not_after(1, 9999));
  CHECK(relay::ahead(9998, 2) == 3);
}

TEST_CASE("a count across the end of the cycle confirms what was sent before it") {
  auto ours = circuit();
  for (auto const number : std::vector<relay::ChannelNumber>{9998, 9999, 1, 2})
    CHECK_FALSE(ours.sent({number, {1, number}}));
  ours.in_doubt({3, {2, 3}});
  auto const confirmed = ours.confirm(1);
  CHECK(confirmed.received == std::vector<relay::CopyId>{{1, 9998}, {1, 9999}, {1, 1}});
  CHECK(confirmed.not_received == std::vector<relay::CopyId>{{1, 2}, {2, 3}});
  CHECK_FALSE(ours.doubtful({2, 3}));
}

TEST_CASE("a far end that has heard nothing confirms nothing") {
  auto ours = circuit();
  CHECK_FALSE(ours.sent({1, {1, 0}}));
  CHECK(ours.confirm(relay::nothing_heard).not_received == std::vector<relay::CopyId>{{1, 0}});
}

TEST_CASE("what nobody confirms is kept up to a limit") {
  auto ours = circuit();
  for (std::size_t i = 0; i < relay::most_unconfirmed; ++i)
    CHECK_FALSE(ours.sent({static_cast<relay::ChannelNumber>(i), {i + 1, 0}}));
  CHECK(ours.sent({9000, {9000, 0}}) == relay::CopyId{1, 0});
  CHECK(ours.unconfirmed() == relay::most_unconfirmed);
  for (std::size_t i = 0; i < 2 * relay::most_service; ++i) ours.add_service("X");
  CHECK(ours.service.size() == relay::most_service);
}

TEST_CASE(
    "repeats are told by message and indicator, with the circuit of the first, the last ones up to a limit") {
  relay::Repeats repeats(2);
  repeats.add("RUEHTA 1 2290141", "RUEHC", "XR");
  CHECK(repeats.came_over("RUEHTA 1 2290141", "RUEHC") == "XR");
  CHECK_FALSE(repeats.came_over("RUEHTA 1 2290141", "RUEHBI"));
  CHECK_FALSE(repeats.came_over("RUEHTA 2 2290141", "RUEHC"));
  repeats.add("", "RUEHC", "XR");
  CHECK_FALSE(repeats.came_over("", "RUEHC"));
  repeats.add("A", "B", "");
  repeats.add("A", "B", "XR");
  repeats.add("C", "D", "AB");
  CHECK_FALSE(repeats.came_over("RUEHTA 1 2290141", "RUEHC"));
  CHECK(repeats.came_over("A", "B") == "");
}
