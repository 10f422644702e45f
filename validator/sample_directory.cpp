// The part of the demo network (fixtures/networks) that the samples and the examples of rules name.
#include <array>
#include <string>
#include <utility>

#include "validator/sample.hpp"

namespace torntape::validator {

namespace {

using directory::Circuit;
using directory::Class;
using directory::Collective;
using directory::Network;
using directory::Relay;
using directory::Station;

struct Entry {
  char const* indicator;
  char const* name;
  char const* relay;
};

// Leg XR: the seed's indicators under names made up.
constexpr std::array far_posts{"BI",  "CI", "DBU", "FL",  "KW", "LA", "LH",
                               "NEH", "NP", "PW",  "ROV", "SL", "SR"};

constexpr std::array entries{
    Entry{"RUEHTA", "AMEMBASSY ASTANA", "RTCA"},
    Entry{"RUEHC", "SECSTATE WASHDC", "RTAA"},
    Entry{"RUEAIIA", "CIA WASHDC", "RTAA"},
    Entry{"RHEFAAA", "DIA WASHDC", "RTAA"},
    Entry{"RUEKJCS", "JOINT STAFF WASHDC", "RTAA"},
    Entry{"RHEHNSC", "NSC WASHDC", "RTAA"},
    Entry{"RHMFISS", "CDR USCENTCOM MACDILL AFB FL", "RTAA"},
    Entry{"RUCNDT", "USMISSION USUN NEW YORK", "RTAA"},
    Entry{"RUEHNO", "USMISSION USNATO", "RTBA"},
    Entry{"RUEHBJ", "AMEMBASSY BEIJING", "RTDA"},
    Entry{"RUEHUL", "AMEMBASSY SEOUL", "RTDA"},
    Entry{"RUEHKO", "AMEMBASSY TOKYO", "RTDA"},
    Entry{"RTBAKV", "AMEMBASSY KARSTOVA", "RTBA"},
    Entry{"RTBAOS", "AMEMBASSY OSTREVA", "RTBA"},
    Entry{"RTBAOSC", "AMCONSUL PORT OSTREVA", "RTBA"},
    Entry{"RTBAMN", "USMISSION MERIDIAN", "RTBA"},
    Entry{"RTCAQB", "AMEMBASSY QALARABAD", "RTCA"},
    Entry{"RTCATR", "AMEMBASSY TARSIBAD", "RTCA"},
    Entry{"RTCATRM", "AMCONSUL MIRZAGRAD", "RTCA"},
    Entry{"RTDASL", "AMEMBASSY SOLENTO ISLANDS", "RTDA"},
    Entry{"RTEAJX", "JTF EXAMPLE//J3/J5//", "RTEA"},
    Entry{"RTFALP", "AMEMBASSY LA PERLA", "RTFA"},
    Entry{"RTFANC", "AMEMBASSY NUEVA CORONA", "RTFA"},
    Entry{"RTFACF", "CTF 99", "RTFA"},
    Entry{"RTFAAB", "999ABS EXAMPLE AB//CC//", "RTFA"},
};

void add_relay(Network& network, char const* indicator, char const* name, bool transfer = false) {
  network.relays.push_back(Relay{indicator, name, {indicator}, transfer});
}

void add_station(Network& network, std::string indicator, std::string name, std::string relay) {
  Station station;
  station.indicator = std::move(indicator);
  station.name = std::move(name);
  station.relay = std::move(relay);
  network.stations.push_back(std::move(station));
}

// What rules about single stations need: one for unclassified traffic, one not manned at night.
void add_special_stations(Network& network) {
  add_station(network, "RTDAPW", "AMCONSUL PORT WILLOW", "RTDA");
  network.stations.back().cleared_to = Class::unclassified;
  for (auto& station : network.stations)
    if (station.indicator == "RTFANC") station.day_only = true;
}

void add_collective(Network& network, char const* indicator, char const* title,
                    std::vector<std::string> members) {
  network.collectives.push_back(Collective{indicator, title, "RTAA", {}, std::move(members), {}});
}

void add_circuit(Network& network, std::string const& name, char const* first, char const* second) {
  network.circuits.push_back(Circuit{name, first, second, name + "O", name + "I", 1200, Class::secret, {}});
}

void add_relays_and_circuits(Network& network) {
  add_relay(network, "RTAA", "RELAY ALFA");
  add_relay(network, "RTBA", "RELAY BRAVO");
  add_relay(network, "RTCA", "RELAY CHARLIE");
  add_relay(network, "RTDA", "RELAY DELTA");
  add_relay(network, "RTEA", "RELAY ECHO");
  add_relay(network, "RTFA", "RELAY FOXTROT", true);
  add_circuit(network, "XR", "RTAA", "RTEA");
  add_circuit(network, "AB", "RTAA", "RTBA");
  add_circuit(network, "AC", "RTAA", "RTCA");
  add_circuit(network, "AD", "RTAA", "RTDA");
  add_circuit(network, "AF", "RTAA", "RTFA");
}

void add_collectives(Network& network) {
  add_collective(
      network, "RUCNCLS", "ALL SOUTH AND CENTRAL ASIA COLLECTIVE",
      {"RUEHBI", "RUEHCI", "RUEHDBU", "RUEHLH", "RUEHNEH", "RUEHPW", "RTCAQB", "RTCATR", "RTCATRM"});
  add_collective(network, "RUEHZL", "EUROPEAN POLITICAL COLLECTIVE",
                 {"RUEHFL", "RUEHKW", "RUEHLA", "RUEHNP", "RUEHROV", "RUEHSL", "RUEHSR", "RTBAKV", "RTBAOS",
                  "RTBAMN", "RUEHNO"});
  add_collective(network, "RUCNCIS", "CIS COLLECTIVE", {"RUEHTA", "RTCAQB", "RTCATR", "RTBAOS"});
  network.collectives.push_back(Collective{{}, "AIG 9901", {}, "RTBAMN", {"RTEAJX"}, {"RTFACF", "RTFAAB"}});
}

Network network() {
  Network network;
  network.name = "sample";
  network.web_drop = "RUEHWEB";
  add_relays_and_circuits(network);
  for (auto const& entry : entries) add_station(network, entry.indicator, entry.name, entry.relay);
  for (std::string const post : far_posts) add_station(network, "RUEH" + post, "DEMO POST " + post, "RTEA");
  add_special_stations(network);
  add_collectives(network);
  return network;
}

}  // namespace

std::shared_ptr<directory::Directory const> sample_directory() {
  static auto const shared = std::make_shared<directory::Directory const>(network());
  return shared;
}

}  // namespace torntape::validator
