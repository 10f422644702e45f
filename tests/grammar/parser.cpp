#include "grammar/parser.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <catch2/catch.hpp>

namespace torntape::grammar {
namespace {

std::string seed() {
  std::ifstream file(std::string(TORNTAPE_FIXTURES) + "/seed/09ASTANA1399.txt", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string printed(Message const& message) {
  std::string text;
  for (auto const& line : message.lines) text.append(line.text).append(line.ending);
  return text;
}

}  // namespace

TEST_CASE("the seed is read field by field") {
  auto const text = seed();
  REQUIRE(text.size() > 2000);
  Parser parser;
  auto const& m = parser.parse(text);

  CHECK(printed(m) == text);
  CHECK(m.profile == Profile::state);
  CHECK(m.copy_kind == CopyKind::relay);
  CHECK(m.archive);
  CHECK(m.transmission_identification.channel == "XRO");
  CHECK(m.transmission_identification.sequence_number == "3820");
  CHECK(m.routing_line.precedence == "PP");
  REQUIRE(m.routing_line.routing_indicators.size() == 13);
  CHECK(m.routing_line.routing_indicators.front() == "RUEHBI");
  CHECK(m.routing_line.routing_indicators.back() == "RUEHSR");
  CHECK(m.origin.routing_indicator == "RUEHTA");
  CHECK(m.origin.station_serial_number == "1399");
  CHECK(m.origin.section == "01");
  CHECK(m.origin.day_of_year == "229");
  CHECK(m.origin.time_of_file == "0141");
  CHECK(m.transmission_instructions.security_warning == "ZNY");
  CHECK(m.transmission_instructions.designator == "CCCCC");
  CHECK(m.transmission_instructions.operating_signals == std::vector<View>{"ZZH"});
  CHECK(m.preamble.precedence == "P");
  CHECK(m.preamble.date_time_group == "170141Z AUG 09");
  CHECK(m.originator.plain_language_address == "AMEMBASSY ASTANA");
  REQUIRE(m.addressees.size() == 14);
  CHECK(m.addressees[0].kind == AddresseeKind::action);
  CHECK(m.addressees[0].routing_indicator == "RUEHC");
  CHECK(m.addressees[0].plain_language_address == "SECSTATE WASHDC");
  CHECK(m.addressees[0].precedence == Precedence::priority);
  CHECK(m.addressees[0].message_continuity_number == "6035");
  CHECK(m.addressees[1].kind == AddresseeKind::info);
  CHECK(m.addressees[1].plain_language_address == "ALL SOUTH AND CENTRAL ASIA COLLECTIVE");
  CHECK_FALSE(present(m.addressees[1].message_continuity_number));
  CHECK(m.addressees[7].plain_language_address == "CDR USCENTCOM MACDILL AFB FL");
  CHECK(m.addressees[13].plain_language_address == "USMISSION USUN NEW YORK");
  CHECK(m.text.classification == "C O N F I D E N T I A L");
  CHECK(m.text.section == "01");
  CHECK(m.text.sections == "02");
  CHECK(m.text.station == "ASTANA");
  CHECK(m.text.message_reference_number == "001399");
  CHECK(m.text.captions == std::vector<View>{"SIPDIS"});
  CHECK(m.text.tags == std::vector<View>{"PGOV", "PREL", "PHUM", "MARR", "KDEM", "OSCE", "RS", "KG", "KZ"});
  CHECK(m.text.subject.starts_with("KAZAKHSTAN: PRESIDENTIAL ADVISER"));
  CHECK(m.text.subject.ends_with("WAS A SURPRISE"));
  CHECK(m.features.has(Feature::text_before_start));
  CHECK(m.features.has(Feature::heading_repeated));
  CHECK_FALSE(m.features.has(Feature::classification_odd));
  CHECK(m.oddities.size() == 2);
}

}  // namespace torntape::grammar
