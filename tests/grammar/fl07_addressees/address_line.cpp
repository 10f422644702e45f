// The common form of an address line is read as every other one is.
#include "grammar/fl07_addressees/address_line.hpp"

#include <random>

#include <catch2/catch.hpp>

namespace torntape::grammar::fl07 {
namespace {

std::string one_of(std::mt19937& random, std::vector<std::string> const& from) {
  return from[random() % from.size()];
}

// What address lines are made of, whole and damaged.
std::string line_of(std::mt19937& random) {
  std::string line =
      one_of(random, {"RUEHUL", "RTBAOS", "QTABC", "RTCAQBX", "RUEH", "RTCAQBXY", "ZEN", "RU3HUL", ""});
  line += one_of(random, {"/", "/", "/", "/", "//", "", " /", "/ "});
  auto const words = 1 + random() % 4;
  for (auto left = words; left != 0; --left) {
    line += one_of(
        random, {"AMEMBASSY", "LA PAZ", "LA PAZAUG", "AUG", "AIG", "SEOUL", "SEOUL866", "WASHDC//J3/J5//",
                 "J3/RTBAOS/USMISSION", "NIACT", "TARSIBAD", "9901", "PRIORITY", "PORT", "AT FLAG", "FLAT"});
    if (left != 1) line += ' ';
  }
  line +=
      one_of(random, {"", "", "", " "}) + one_of(random, {"", " PRIORITY", " ROUTINE", " IMMEDIATE", " FLASH",
                                                          " NIACT IMMEDIATE", " PRIOITY", " FLSH"});
  line += one_of(random, {"", "", " 0412", " 866", " 0412-0413", " 04123", " AUG 0412", " 0412 PRIORITY"});
  return line;
}

bool same(Addressee const& a, Addressee const& b) {
  auto const same_view = [](View x, View y) { return x.data() == y.data() && x.size() == y.size(); };
  return a.other_means == b.other_means && a.night_action == b.night_action && a.precedence == b.precedence &&
         same_view(a.routing_indicator, b.routing_indicator) && same_view(a.separator, b.separator) &&
         same_view(a.plain_language_address, b.plain_language_address) &&
         same_view(a.precedence_word, b.precedence_word) &&
         same_view(a.message_continuity_number, b.message_continuity_number);
}

}  // namespace

TEST_CASE("an address of the common form is read as any other, and nothing is to note") {
  std::mt19937 random(1399);
  int common = 0;
  for (int i = 0; i != 50000; ++i) {
    auto const line = line_of(random);
    if (!fits_places(line) || !places_of(line).plain) continue;
    CAPTURE(line);
    Message quickly, thoroughly;
    Addressee here, there;
    if (!read_common(line, places_of(line), here, quickly)) continue;
    ++common;
    REQUIRE(read_address(line, there, thoroughly) == Reading::whole);
    REQUIRE(same(here, there));
    REQUIRE(quickly.features == thoroughly.features);
  }
  CHECK(common > 1000);
}

}  // namespace torntape::grammar::fl07
