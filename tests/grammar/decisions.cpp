// Ways through the line readers that other tests do not take; script/coverage names what is left.
#include <string>

#include <catch2/catch.hpp>

#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

std::string const good =
    "VZCZCXRO0417\n"
    "PP RTBAOS\n"
    "DE RTBAKV #0512/01 2310941\n"
    "ZNY CCCCC ZZH\n"
    "P 190938Z AUG 09\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311\n"
    "BT\n"
    "UNCLAS KARSTOVA 000512\n"
    "BT\n"
    "NNNN\n";

bool notes(std::string const& line, std::string const& by, Feature feature) {
  auto text = good;
  text.replace(text.find(line), line.size(), by);
  Parser parser;
  return !Parser{}.parse(good).features.has(feature) && parser.parse(text).features.has(feature);
}

}  // namespace

TEST_CASE("a damaged FL1 is told") {
  CHECK(notes("VZCZCXRO0417", "VZCZCXRO0417 VZCZCXRO0418", Feature::start_repeated));
  CHECK(notes("VZCZCXRO0417", "VZCZC XRO0417", Feature::start_odd));
  CHECK(notes("VZCZCXRO0417", "VZCZCXRO04", Feature::channel_number_odd));
}

TEST_CASE("a damaged FL3 is told") {
  CHECK(notes("DE RTBAKV", "DERTBAKV", Feature::calling_station_missing));
  CHECK(notes("DE RTBAKV", "RTBAKV", Feature::calling_station_missing));
  CHECK(notes("#0512/01", "#05A2/01", Feature::serial_odd));
  CHECK(notes("#0512/01", "#0512/1", Feature::section_suffix_odd));
  CHECK(notes("2310941", "231O941", Feature::filing_time_odd));
}

TEST_CASE("a damaged FL4 is told") {
  CHECK(notes("ZNY CCCCC", "ZNYCCCCC", Feature::designator_odd));
  CHECK(notes("ZNY CCCCC ZZH", "ZNY ZZH", Feature::designator_odd));
  CHECK(notes("ZZH", "ZZH(CCY AD1234)", Feature::remarks));
}

TEST_CASE("a damaged FL5 is told") {
  CHECK(notes("P 190938Z", "X 190938Z", Feature::precedence_unknown));
  CHECK(notes("P 190938Z", "190938Z", Feature::precedence_missing));
  CHECK(notes("190938Z", "190938J", Feature::zone_odd));
  CHECK(notes("190938Z", "19093Z", Feature::date_time_group_odd));
}

}  // namespace torntape::grammar
