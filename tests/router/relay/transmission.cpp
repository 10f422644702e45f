#include "router/relay/transmission.hpp"

#include <catch2/catch.hpp>

#include "grammar/received.hpp"
#include "support.hpp"

namespace torntape::relay {
namespace {

std::string const begun =
    "VZCZCXRI0002\nPP RUEHC\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\n";

bool is_cancelled(std::string text) {
  grammar::Received const received{std::move(text)};
  return cancelled(received.message());
}

TEST_CASE("A transmission that its sender broke off is known, wherever it was") {
  for (std::size_t size = 1; size <= begun.size(); ++size) {
    INFO(begun.substr(0, size));
    CHECK(is_cancelled(begun.substr(0, size) + std::string(cancellation)));
  }
  std::string const text = begun + "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\nBT\nA TE";
  CHECK(is_cancelled(text + std::string(cancellation)));
  auto const seed = testing::seed_text();
  auto const whole = seed.find("VZCZC") + 200;
  for (std::size_t size = whole; size <= seed.size(); size += 50)
    CHECK(is_cancelled(seed.substr(0, size) + std::string(cancellation)));
  CHECK(is_cancelled(text + "\r\r\nE E E E E E E E AR\r\r\nNNNN\r\r\n"));
}

TEST_CASE("The error sign elsewhere cancels nothing") {
  CHECK_FALSE(is_cancelled(begun + "TEXT\nNNNN\n"));
  CHECK_FALSE(is_cancelled(begun + "E E E E E E E E AR\nTEXT\nNNNN\n"));
  CHECK_FALSE(is_cancelled(begun + "TEXT E E E E E E E E AR\nNNNN\n"));
  CHECK_FALSE(is_cancelled(begun + "E E E E E E E E TEXT\nNNNN\n"));
  CHECK_FALSE(is_cancelled(""));
}

}  // namespace
}  // namespace torntape::relay
