#include "directory/network.hpp"

#include <catch2/catch.hpp>

namespace directory = torntape::directory;

namespace {

directory::Network network() {
  directory::Network network;
  network.relays = {{"RTAA", "RELAY ALFA", {"RTAA", "RTCAT"}, false},
                    {"RTCA", "RELAY CHARLIE", {"RTCA"}, true}};
  network.stations = {{"RUEHC", "SECSTATE WASHDC", "RTAA", directory::Class::secret, false, ""},
                      {"RTCATR", "AMEMBASSY TARSIBAD", "RTCA", directory::Class::secret, false, ""}};
  network.collectives = {{"RUCNCIS", "CIS COLLECTIVE", "RTAA", "", {"RTCATR"}, {}},
                         {"", "AIG 9901", "", "", {"RTCATR"}, {}}};
  return network;
}

}  // namespace

TEST_CASE("entries are found by indicator, name and title, and nothing else is") {
  directory::Directory const directory(network());
  REQUIRE(directory.relay("RTCA") != nullptr);
  CHECK(directory.relay("RTCA")->name == "RELAY CHARLIE");
  CHECK(directory.relay("RUEHC") == nullptr);
  REQUIRE(directory.station("RUEHC") != nullptr);
  CHECK(directory.station("RUEHC")->name == "SECSTATE WASHDC");
  CHECK(directory.station("RUEH") == nullptr);
  CHECK(directory.station_named("AMEMBASSY TARSIBAD")->indicator == "RTCATR");
  CHECK(directory.station_named("AMEMBASSY") == nullptr);
  CHECK(directory.collective("RUCNCIS")->title == "CIS COLLECTIVE");
  CHECK(directory.collective_titled("AIG 9901")->members.size() == 1);
  CHECK(directory.collective("") == nullptr);
  CHECK(directory.collective_titled("") == nullptr);
}

// RT-55.
TEST_CASE("an indicator goes by its own entry first, then by the longest prefix") {
  directory::Directory const directory(network());
  auto const served_by = [&](std::string_view indicator) {
    auto const* const relay = directory.serving_relay(indicator);
    return relay == nullptr ? std::string_view("nobody") : std::string_view(relay->indicator);
  };
  CHECK(served_by("RTCATR") == "RTCA");   // its entry, though RTCAT is a longer prefix than RTCA
  CHECK(served_by("RTCATRM") == "RTAA");  // RTCAT
  CHECK(served_by("RTCAQB") == "RTCA");   // RTCA
  CHECK(served_by("RTAA") == "RTAA");     // a relay itself
  CHECK(served_by("RTA") == "nobody");
  CHECK(served_by("RUEHX") == "nobody");
  CHECK(served_by("") == "nobody");
}
