#include "router/service/circuit_stream.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace torntape::service {
namespace {

constexpr std::size_t most = 1'000;

std::vector<std::string> taken(CircuitStream& stream) {
  std::vector<std::string> all;
  for (auto one = stream.next(); !one.empty(); one = stream.next()) all.push_back(std::move(one));
  return all;
}

std::string transmission(int number) {
  return "VZCZCXRI" + std::to_string(number) + "\nPP RTAA\nDE RTEA 2290200\nZID XRO0001\nNNNN\n";
}

TEST_CASE("A transmission is given out as soon as its NNNN has come") {
  CircuitStream stream{most};
  auto const whole = transmission(1001);
  stream.feed(whole.substr(0, whole.size() - 1));
  CHECK(taken(stream).empty());
  stream.feed("\n");
  CHECK(taken(stream) == std::vector{whole});
  stream.feed(transmission(1002) + transmission(1003) + "VZCZC");
  CHECK(taken(stream) == std::vector{transmission(1002), transmission(1003)});
}

TEST_CASE("The same transmissions, however the stream is cut") {
  rc::prop("any cut gives what the whole gives", [] {
    auto const piece = rc::gen::element<std::string>(
        "VZCZCXRI0001\n", "PP RTAA\n", "DE RTEA 2290200\n", "NNNN\n", "NNNN\r\n", "N", "\n", "TEXT NNNN\n",
        "\r\n", std::string(1, '\0'), "VZCZCXRI0002\r\n", "E E E E E E E E AR\n");
    auto const pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string bytes;
    for (auto const& one : pieces) bytes += one;
    CircuitStream at_once{1U << 20U}, cut{1U << 20U};
    at_once.feed(bytes);
    std::vector<std::string> by_pieces;
    for (std::size_t at = 0; at < bytes.size();) {
      auto const size = *rc::gen::inRange<std::size_t>(1, 20);
      cut.feed(std::string_view(bytes).substr(at, size));
      at += size;
      for (auto& one : taken(cut)) by_pieces.push_back(std::move(one));
    }
    auto const all = taken(at_once);
    RC_ASSERT(by_pieces == all);
    // Nothing is made up, and nothing left out before the last NNNN.
    std::string together;
    for (auto const& one : all) together += one;
    RC_ASSERT(bytes.starts_with(together));
  });
}

TEST_CASE("A transmission that never came to its end stands apart from the next") {
  CircuitStream stream{most};
  std::string const straggler = "VZCZCXRI0001\nPP RTAA\nDE RTEA 2290200\nZID XR";
  stream.feed(straggler + '\n' + transmission(1002));
  CHECK(taken(stream) == std::vector{straggler + '\n', transmission(1002)});
}

TEST_CASE("What grows beyond the limit without an end is not sound") {
  CircuitStream stream{most};
  stream.feed("VZCZCXRI0001\n");
  stream.feed(std::string(most - 13, 'X'));
  CHECK(stream.sound());
  stream.feed("X");
  CHECK_FALSE(stream.sound());
  CircuitStream many{most};
  for (int i = 1'000; i != 1'100; ++i) many.feed(transmission(i));
  CHECK(many.sound());
  CHECK(taken(many).size() == 100);
}

}  // namespace
}  // namespace torntape::service
