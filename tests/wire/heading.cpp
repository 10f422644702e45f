#include "wire/heading.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

#include "grammar/received.hpp"
#include "wire/json.hpp"

namespace torntape::wire {
namespace {

std::string fixture(std::string const& name) {
  std::ifstream file{std::string{TORNTAPE_FIXTURES} + "/" + name, std::ios::binary};
  REQUIRE(file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

v1::Heading read(std::string text) { return to_proto(grammar::Received{std::move(text)}.message()); }

TEST_CASE("The seed, every field") {
  auto const heading = read(fixture("seed/09ASTANA1399.txt"));
  CHECK(heading.profile() == v1::PROFILE_STATE);
  CHECK(heading.copy_kind() == v1::COPY_KIND_RELAY);
  CHECK(heading.archive());
  CHECK(heading.transmission_identification().channel() == "XRO");
  CHECK(heading.transmission_identification().sequence_number() == "3820");
  CHECK(heading.routing_line().precedence() == v1::PRECEDENCE_PRIORITY);
  CHECK(heading.routing_line().routing_indicators_size() == 13);
  CHECK(heading.routing_line().routing_indicators(12) == "RUEHSR");
  CHECK(heading.origin().routing_indicator() == "RUEHTA");
  CHECK(heading.origin().station_serial_number() == "1399");
  CHECK(heading.origin().section() == 1);
  CHECK(heading.origin().day_of_year() == 229);
  CHECK(heading.origin().time_of_file() == "0141");
  CHECK(heading.transmission_instructions().security_warning() == "ZNY");
  CHECK(heading.transmission_instructions().designator() == "CCCCC");
  CHECK_FALSE(heading.transmission_instructions().has_special_handling());
  REQUIRE(heading.transmission_instructions().operating_signals_size() == 1);
  CHECK(heading.transmission_instructions().operating_signals(0) == "ZZH");
  CHECK_FALSE(heading.transmission_instructions().has_remarks());
  CHECK(heading.preamble().precedence() == v1::PRECEDENCE_PRIORITY);
  CHECK(heading.preamble().info_precedence() == v1::PRECEDENCE_UNSPECIFIED);
  CHECK(heading.preamble().date_time_group() == "170141Z AUG 09");
  CHECK(heading.preamble().time().seconds() == 1250473260);
  CHECK(heading.originator() == "AMEMBASSY ASTANA");
  REQUIRE(heading.action_addressees_size() == 1);
  auto const& action = heading.action_addressees(0);
  CHECK(action.routing_indicator() == "RUEHC");
  CHECK(action.plain_language_address() == "SECSTATE WASHDC");
  CHECK(action.precedence() == v1::PRECEDENCE_PRIORITY);
  CHECK(action.precedence_word() == "PRIORITY");
  CHECK(action.message_continuity_number() == "6035");
  CHECK_FALSE(action.night_action());
  CHECK_FALSE(action.other_means());
  REQUIRE(heading.info_addressees_size() == 13);
  auto const& collective = heading.info_addressees(0);
  CHECK(collective.routing_indicator() == "RUCNCLS");
  CHECK(collective.plain_language_address() == "ALL SOUTH AND CENTRAL ASIA COLLECTIVE");
  CHECK_FALSE(collective.has_message_continuity_number());
  CHECK(heading.info_addressees(12).message_continuity_number() == "2420");
  CHECK(heading.exempted_addressees().empty());
  CHECK_FALSE(heading.has_accounting());
  CHECK(heading.text().classification() == "CONFIDENTIAL");
  CHECK_FALSE(heading.text().efto());
  CHECK(heading.text().section() == 1);
  CHECK(heading.text().sections() == 2);
  CHECK(heading.text().station() == "ASTANA");
  CHECK(heading.text().message_reference_number() == "001399");
  REQUIRE(heading.text().captions_size() == 1);
  CHECK(heading.text().captions(0) == "SIPDIS");
  REQUIRE(heading.text().tags_size() == 9);
  CHECK(heading.text().tags(8) == "KZ");
  CHECK(heading.text().subject() ==
        "KAZAKHSTAN: PRESIDENTIAL ADVISER HEARS MESSAGE ON DEMOCRACY, SAYS CSTO BASE IN KYRGYZSTAN WAS A "
        "SURPRISE");
  CHECK_FALSE(heading.has_end());
}

TEST_CASE("Absent parts are absent in JSON") {
  auto const json = to_json(read("nothing of a message\n"));
  CHECK(json.find("preamble") == std::string::npos);
  CHECK(json.find("routingLine") == std::string::npos);
  CHECK(json.find("\"\"") == std::string::npos);
}

grammar::Message bare() { return {}; }

TEST_CASE("A classification is closed up, its words stay apart") {
  auto const classification = [](grammar::View written) {
    auto message = bare();
    message.text.classification = written;
    return to_proto(message).text().classification();
  };
  CHECK(classification("C O N F I D E N T I A L") == "CONFIDENTIAL");
  CHECK(classification("UNCLAS") == "UNCLAS");
  CHECK(classification("T O P  S E C R E T") == "TOP SECRET");
  CHECK(classification("T O P S E C R E T") == "TOP SECRET");
  CHECK(classification("TOP  SECRET") == "TOP SECRET");
}

TEST_CASE("Night action stands beside its precedence word with single blanks") {
  auto message = bare();
  auto& addressee = message.addressees.emplace_back();
  addressee.night_action = true;
  addressee.precedence = grammar::Precedence::immediate;
  addressee.precedence_word = "NIACT   IMMEDIATE";
  auto const heading = to_proto(message);
  REQUIRE(heading.action_addressees_size() == 1);
  CHECK(heading.action_addressees(0).night_action());
  CHECK(heading.action_addressees(0).precedence() == v1::PRECEDENCE_IMMEDIATE);
  CHECK(heading.action_addressees(0).precedence_word() == "NIACT IMMEDIATE");
}

TEST_CASE("An addressee without a word takes the preamble's precedence, info its second letter") {
  auto message = bare();
  message.preamble.precedence = "O";
  message.preamble.info_precedence = "R";
  message.addressees.emplace_back();
  message.addressees.emplace_back().kind = grammar::AddresseeKind::info;
  auto const heading = to_proto(message);
  CHECK(heading.preamble().info_precedence() == v1::PRECEDENCE_ROUTINE);
  CHECK(heading.action_addressees(0).precedence() == v1::PRECEDENCE_IMMEDIATE);
  CHECK(heading.info_addressees(0).precedence() == v1::PRECEDENCE_ROUTINE);
  CHECK_FALSE(heading.action_addressees(0).has_routing_indicator());
}

TEST_CASE("Two unlike letters of FL2 name no precedence") {
  auto message = bare();
  message.routing_line.precedence = "PR";
  message.routing_line.routing_indicators = {"RUEHC"};
  CHECK(to_proto(message).routing_line().precedence() == v1::PRECEDENCE_UNSPECIFIED);
}

TEST_CASE("Bytes that are no UTF-8 do not reach a string") {
  auto message = bare();
  message.originator.plain_language_address = "AMEMBASSY BOGOT\xC1";
  CHECK(to_proto(message).originator() == "AMEMBASSY BOGOT\xEF\xBF\xBD");
}

}  // namespace
}  // namespace torntape::wire
