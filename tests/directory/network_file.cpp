#include "directory/network_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace directory = torntape::directory;
namespace grammar = torntape::grammar;

namespace {

std::string const good = R"([network]
name = "Two relays"
web_drop = "RTAAWB"

[[relay]]
indicator = "RTAA"
name = "RELAY ALFA"
place = [90, -180.0]

[[relay]]
indicator = "RTBA"
name = "RELAY BRAVO"
prefixes = ["RTBA", "RTBC"]
transfer = true

[[station]]
indicator = "RTAAWB"
name = "DEMO WEB DROP"
relay = "RTAA"
guard = "RTBAKV"
place = [-12.5, 130]

[[station]]
indicator = "RTBAKV"
name = "AMEMBASSY KARSTOVA"
relay = "RTBA"
cleared_to = "top secret"
day_only = true

[[collective]]
indicator = "RTAAZN"
title = "ALL DEMO POSTS COLLECTIVE"
owner = "RTAA"
members = ["RTAAWB", "RTBAKV"]

[[aig]]
title = "AIG 9901"
originator = "RTAAWB"
action = ["RTBAKV"]
info = ["RTAAWB"]

[[circuit]]
name = "AB"
ends = ["RTAA", "RTBA"]
channels = ["ABO", "ABI"]
bits_per_second = 1200
approved_to = "secret"

[[circuit]]
name = "BA"
ends = ["RTAA", "RTBA"]
channels = ["BAO", "BAI"]
bits_per_second = 75
alternates = [["AB"]]
dial = "127.0.0.1:12728"
)";

std::string with(std::string text, std::string_view from, std::string_view to) {
  auto const at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// "NET-06 `"RTAX"` there is no relay 'RTAX' (did you mean 'RTAA'?)": what is found, and the text it marks.
std::string in_words(grammar::Diagnostic const& found, std::string_view text) {
  auto words = std::string(found.rule) + " `" +
               std::string(text.substr(found.span.offset, found.span.length)) + "` " + found.message;
  return found.help ? words + " (" + *found.help + ")" : words;
}

std::vector<std::string> findings(std::string_view text) {
  std::vector<std::string> words;
  for (auto const& found : directory::read_network(text).diagnostics) words.push_back(in_words(found, text));
  return words;
}

// The good file with one thing changed has exactly this finding.
void bad(std::string_view from, std::string_view to, std::string const& expected) {
  auto const text = with(good, from, to);
  INFO(to);
  CHECK(findings(text) == std::vector{expected});
}

std::string contents(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a whole network file is read, every key of it") {
  auto const file = directory::read_network(good);
  REQUIRE(file.diagnostics.empty());
  REQUIRE(file.directory != nullptr);
  auto const& network = file.directory->network();
  CHECK(network.name == "Two relays");
  CHECK(network.web_drop == "RTAAWB");
  REQUIRE(network.relays.size() == 2);
  CHECK(network.relays[0].prefixes == std::vector<std::string>{"RTAA"});
  CHECK_FALSE(network.relays[0].transfer);
  CHECK(network.relays[1].prefixes == std::vector<std::string>{"RTBA", "RTBC"});
  CHECK(network.relays[1].transfer);
  CHECK(network.relays[0].place == directory::Place{90, -180});
  CHECK_FALSE(network.relays[1].place);
  CHECK(network.stations[0].place == directory::Place{-12.5, 130});
  CHECK_FALSE(network.stations[1].place);
  REQUIRE(network.stations.size() == 2);
  CHECK(network.stations[0].guard == "RTBAKV");
  CHECK(network.stations[0].cleared_to == directory::Class::top_secret);
  CHECK_FALSE(network.stations[0].day_only);
  CHECK(network.stations[1].day_only);
  CHECK(network.stations[1].relay == "RTBA");
  REQUIRE(network.collectives.size() == 2);
  CHECK(network.collectives[0].owner == "RTAA");
  CHECK(network.collectives[0].members == std::vector<std::string>{"RTAAWB", "RTBAKV"});
  CHECK(network.collectives[1].indicator.empty());
  CHECK(network.collectives[1].originator == "RTAAWB");
  CHECK(network.collectives[1].info_members == std::vector<std::string>{"RTAAWB"});
  REQUIRE(network.circuits.size() == 2);
  CHECK(network.circuits[0].first == "RTAA");
  CHECK(network.circuits[0].second == "RTBA");
  CHECK(network.circuits[0].out_channel == "ABO");
  CHECK(network.circuits[0].in_channel == "ABI");
  CHECK(network.circuits[0].bits_per_second == 1200);
  CHECK(network.circuits[0].approved_to == directory::Class::secret);
  CHECK(network.circuits[1].approved_to == directory::Class::unclassified);
  CHECK(network.circuits[1].alternates == std::vector<std::vector<std::string>>{{"AB"}});
  CHECK_FALSE(network.circuits[0].dial);
  CHECK(network.circuits[1].dial == directory::Endpoint{"127.0.0.1", 12728});
}

TEST_CASE("every fault has its rule, its place and its words") {
  bad("name = \"Two relays\"", "name = Two",
      "NET-01 `T` error while parsing boolean: expected 'true', saw 'T'");
  bad("transfer = true", "transfer = \"yes\"",
      "NET-02 `\"yes\"` 'transfer' is a string, expected true or false");
  bad("day_only", "day_onyl",
      "NET-02 `day_onyl` unknown key 'day_onyl' in [[station]] (did you mean 'day_only'?)");
  bad("web_drop = \"RTAAWB\"", "relay = \"RTAA\"", "NET-02 `relay` unknown key 'relay' in [network]");
  bad("[[aig]]", "[[aigs]]", "NET-02 `aigs` unknown key 'aigs' in the file (did you mean 'aig'?)");
  bad("\"top secret\"", "\"topsecret\"",
      "NET-02 `\"topsecret\"` 'topsecret' is no classification, expected one of unclassified, efto, "
      "restricted, "
      "confidential, secret, top secret (did you mean 'top secret'?)");
  bad("= 1200", "= 0", "NET-02 `0` 'bits_per_second' is 0, expected bits in a second, at least 1");
  bad("= 1200", "= 1200.5", "NET-02 `1200.5` 'bits_per_second' is a number, expected a whole number");
  bad("[\"ABO\", \"ABI\"]", "[\"ABO\"]", "NET-02 `[\"ABO\"]` 'channels' names 1, expected two");
  bad("[[\"AB\"]]", "[\"AB\"]", "NET-02 `\"AB\"` 'alternates' is a string, expected a list of strings");
  for (std::string const far_end : {"here", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "::1:80"})
    bad("\"127.0.0.1:12728\"", '"' + far_end + '"',
        "NET-02 `\"" + far_end + "\"` 'dial' is '" + far_end +
            "', expected ADDR:PORT with a port of 1 to 65535");
  bad("\"127.0.0.1:12728\"", "12728", "NET-02 `12728` 'dial' is a whole number, expected a string");
  bad("[-12.5, 130]", "\"Darwin\"",
      "NET-02 `\"Darwin\"` 'place' is a string, expected [latitude, longitude]");
  bad("[-12.5, 130]", "[-12.5]", "NET-02 `[-12.5]` 'place' is a list of 1, expected [latitude, longitude]");
  bad("[-12.5, 130]", "[130, -12.5]", "NET-02 `130` the latitude is 130, expected -90 to 90 degrees");
  bad("[-12.5, 130]", "[-12.5, 180.5]",
      "NET-02 `180.5` the longitude is 180.5, expected -180 to 180 degrees");
  bad("[-12.5, 130]", "[nan, 130]", "NET-02 `nan` the latitude is nan, expected -90 to 90 degrees");
  bad("[-12.5, 130]", "[\"12S\", 130]",
      "NET-02 `\"12S\"` the latitude is a string, expected -90 to 90 degrees");
  bad("\"DEMO WEB DROP\"", "\"\"", "NET-02 `\"\"` 'name' is empty, expected a name");
  bad("name = \"RELAY ALFA\"\n", "", "NET-03 `[[relay]]` [[relay]] has no 'name'");
  bad("owner = \"RTAA\"\n", "", "NET-03 `[[collective]]` [[collective]] has no 'owner'");
  bad("indicator = \"RTAAZN\"", "indicator = \"XTAAZN\"",
      "NET-04 `\"XTAAZN\"` 'XTAAZN' is no routing indicator, expected 4 to 7 capital letters, the first R or "
      "Q");
  bad("\"RTBC\"", "\"rtbc\"",
      "NET-04 `\"rtbc\"` 'rtbc' is no beginning of a routing indicator, expected 1 to 7 capital letters");
  bad("indicator = \"RTAAZN\"", "indicator = \"RTBAKV\"",
      "NET-05 `\"RTBAKV\"` indicator 'RTBAKV' is given twice");
  bad("\"BAI\"", "\"ABO\"", "NET-05 `\"ABO\"` channel 'ABO' is given twice");
  bad("[\"RTAAWB\", \"RTBAKV\"]", "[\"RTAAWB\", \"RTAAWB\"]",
      "NET-05 `\"RTAAWB\"` member 'RTAAWB' is given twice");
  bad("relay = \"RTBA\"", "relay = \"RTXB\"", "NET-06 `\"RTXB\"` there is no relay 'RTXB'");
  bad("relay = \"RTBA\"", "relay = \"RTBB\"",
      "NET-06 `\"RTBB\"` there is no relay 'RTBB' (did you mean 'RTBA'?)");
  bad("[\"RTAAWB\", \"RTBAKV\"]", "[\"RTAAWB\", \"RTBKAV\"]",
      "NET-07 `\"RTBKAV\"` there is no station 'RTBKAV' (did you mean 'RTBAKV'?)");
  bad("guard = \"RTBAKV\"", "guard = \"RUEHC\"", "NET-07 `\"RUEHC\"` there is no station 'RUEHC'");
  bad("web_drop = \"RTAAWB\"", "web_drop = \"RTAAWC\"",
      "NET-12 `\"RTAAWC\"` there is no station 'RTAAWC' (did you mean 'RTAAWB'?)");
  bad("guard = \"RTBAKV\"", "guard = \"RTAAWB\"",
      "NET-13 `\"RTAAWB\"` station 'RTAAWB' is its own guard, expected another station");
  bad("[\"RTAAWB\", \"RTBAKV\"]", "[]", "NET-08 `[[collective]]` 'ALL DEMO POSTS COLLECTIVE' has no member");
  bad("alternates = [[\"AB\"]]", "alternates = [[\"AC\"]]",
      "NET-09 `\"AC\"` there is no circuit 'AC' (did you mean 'AB'?)");
  bad("alternates = [[\"AB\"]]", "alternates = [[\"BA\"]]",
      "NET-09 `[\"BA\"]` the alternate does not lead from RTAA to RTBA past circuit 'BA'");
  bad("alternates = [[\"AB\"]]", "alternates = [[\"AB\", \"AB\"]]",
      "NET-09 `[\"AB\", \"AB\"]` the alternate does not lead from RTAA to RTBA past circuit 'BA'");
}

TEST_CASE("an indicator given twice points at the first") {
  auto const text = with(good, "indicator = \"RTAAZN\"", "indicator = \"RTBAKV\"");
  auto const file = directory::read_network(text);
  REQUIRE(file.diagnostics.size() == 1);
  REQUIRE(file.diagnostics[0].related.size() == 1);
  CHECK(file.diagnostics[0].related[0].span.line == 24);
  CHECK(file.directory == nullptr);
}

TEST_CASE("a circuit of one relay, and a relay that no circuit reaches") {
  CHECK(findings("[[relay]]\nindicator = \"RTAA\"\nname = \"A\"\n[[circuit]]\nname = \"AA\"\n"
                 "ends = [\"RTAA\", \"RTAA\"]\nchannels = [\"AAO\", \"AAI\"]\nbits_per_second = 75\n") ==
        std::vector<std::string>{
            "NET-09 `\"RTAA\"` circuit 'AA' ends where it begins, expected another relay"});
  std::string const apart =
      "[[relay]]\nindicator = \"RTAA\"\nname = \"A\"\n[[relay]]\nindicator = \"RTBA\"\nname = \"B\"\n";
  auto const file = directory::read_network(apart);
  REQUIRE(file.diagnostics.size() == 1);
  CHECK(in_words(file.diagnostics[0], apart) ==
        "NET-11 `\"RTBA\"` no circuit leads from relay RTAA to relay RTBA");
  CHECK(file.diagnostics[0].severity == grammar::Severity::warning);
  CHECK(file.directory != nullptr);  // a warning does not keep it from being used
}

TEST_CASE("an empty file has no relay") {
  CHECK(findings("") ==
        std::vector<std::string>{"NET-10 `` the network has no relay, expected a table [[relay]]"});
}

TEST_CASE("all faults of a file are found, in order of place") {
  auto const text = with(with(with(good, "day_only", "day_onyl"), "relay = \"RTBA\"", "relay = \"RTXB\""),
                         "transfer = true", "transfer = 1");
  CHECK(findings(text) ==
        std::vector<std::string>{
            "NET-02 `1` 'transfer' is a whole number, expected true or false",
            "NET-06 `\"RTXB\"` there is no relay 'RTXB'",
            "NET-02 `day_onyl` unknown key 'day_onyl' in [[station]] (did you mean 'day_only'?)"});
}

TEST_CASE("a span counts bytes, whatever stands before it") {
  auto const text = "\xEF\xBB\xBF# \u00e9\r\n[[relay]]\r\n" + std::string("name = \"\u00e9\u00e9\" # x\r\n") +
                    "indicator = \"RTAA\" ; \r\n";
  auto const file = directory::read_network(text);
  REQUIRE(file.diagnostics.size() == 1);
  auto const span = file.diagnostics[0].span;
  CHECK(text.substr(span.offset, 1) == ";");
  CHECK(span.line == 4);
  CHECK(span.column == 20);
}

TEST_CASE("a file that cannot be read is NET-00") {
  auto const missing = directory::read_network_file("/nonexistent/network.toml");
  REQUIRE(missing.diagnostics.size() == 1);
  CHECK(missing.diagnostics[0].rule == "NET-00");
  CHECK(missing.diagnostics[0].message == "No such file or directory");
  auto const folder = directory::read_network_file("/");
  REQUIRE(folder.diagnostics.size() == 1);
  CHECK(folder.diagnostics[0].message == "this is a directory, expected a file");
  auto const huge = directory::read_network(std::string((16U << 20U) + 1, '\n'));
  REQUIRE(huge.diagnostics.size() == 1);
  CHECK(huge.diagnostics[0].rule == "NET-00");
  auto const endless = directory::read_network_file("/dev/zero");
  REQUIRE(endless.diagnostics.size() == 1);
  CHECK(endless.diagnostics[0].message ==
        "the file has more than 16 MiB, the most that a network file may have");
}

TEST_CASE("no damage to a network file makes reading fail, and every span lies in the file") {
  CHECK(rc::check("reading is total", [] {
    auto text = good;
    auto const times = *rc::gen::inRange(1, 6);
    for (int i = 0; i < times; ++i) {
      auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
      auto const length = *rc::gen::inRange<std::size_t>(0, 40);
      text.replace(at, length, *rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
      if (text.empty()) text = "\n";
    }
    auto const file = directory::read_network(text);
    RC_ASSERT((file.directory != nullptr) ==
              std::none_of(file.diagnostics.begin(), file.diagnostics.end(),
                           [](auto const& d) { return d.severity == grammar::Severity::error; }));
    for (auto const& found : file.diagnostics)
      RC_ASSERT(found.span.offset + found.span.length <= text.size());
  }));
}

TEST_CASE("the demonstration network has its relays, stations, collectives and circuits") {
  auto const file =
      directory::read_network_file(std::filesystem::path(TORNTAPE_FIXTURES) / "networks/demo.toml");
  REQUIRE(file.diagnostics.empty());
  auto const& network = file.directory->network();
  CHECK(network.relays.size() == 6);
  CHECK(network.stations.size() == 41);
  CHECK(network.collectives.size() == 6);
  CHECK(network.circuits.size() == 8);
  CHECK(network.web_drop == "RTAAWB");
  CHECK(file.directory->station("RTDAPW")->cleared_to == directory::Class::unclassified);
  CHECK(file.directory->station("RTFANC")->day_only);
  CHECK(file.directory->station("RTFAFE")->guard == "RTFACF");
  CHECK(file.directory->relay("RTFA")->transfer);
  for (auto const& relay : network.relays) CHECK(relay.place);
  for (auto const& station : network.stations)
    CHECK(station.place.has_value() == (station.indicator != "RTFAFE"));
  std::vector<std::string> posts;
  for (auto const& station : network.stations)
    if (station.indicator.starts_with("RT") &&
        (station.name.starts_with("AMEMBASSY") || station.name.starts_with("AMCONSUL")))
      posts.push_back(station.indicator);
  CHECK(file.directory->collective("RTAAZN")->members == posts);
}

TEST_CASE("the one-switch network has the stations and collectives of the demonstration network") {
  std::filesystem::path const networks = std::filesystem::path(TORNTAPE_FIXTURES) / "networks";
  auto const one = directory::read_network_file(networks / "one-switch.toml");
  auto const demo = directory::read_network_file(networks / "demo.toml");
  REQUIRE(one.diagnostics.empty());
  REQUIRE(one.directory->network().relays.size() == 1);
  CHECK(one.directory->network().relays[0].indicator == "RTAA");
  CHECK(one.directory->network().circuits.empty());
  auto const& stations = demo.directory->network().stations;
  REQUIRE(one.directory->network().stations.size() == stations.size());
  for (auto const& station : stations) {
    REQUIRE(one.directory->station(station.indicator) != nullptr);
    CHECK(one.directory->station(station.indicator)->name == station.name);
    CHECK(one.directory->station(station.indicator)->relay == "RTAA");
    CHECK(one.directory->station(station.indicator)->place == station.place);
  }
  for (auto const& collective : demo.directory->network().collectives)
    CHECK(one.directory->collective_titled(collective.title)->members == collective.members);
}

TEST_CASE("the example of the handbook page reads") {
  auto const page = contents(std::filesystem::path(TORNTAPE_FIXTURES) / "../docs/network-file.md");
  auto const begin = page.find("```toml\n");
  REQUIRE(begin != std::string::npos);
  auto const text = page.substr(begin + 8, page.find("```\n", begin + 8) - begin - 8);
  CHECK(findings(text).empty());
}
