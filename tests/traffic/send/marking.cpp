#include "traffic/send/marking.hpp"

#include <catch2/catch.hpp>

#include "grammar/identity.hpp"
#include "grammar/parser.hpp"

using torntape::send::marked;

namespace {

std::string const message =
    "VZCZCTAI0001\nRR RUEHC\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nR 170141Z AUG 09\nFM AMEMBASSY ASTANA\n"
    "TO RUEHC/SECSTATE WASHDC\nBT\nUNCLAS ASTANA 001399\nTEXT.\nBT\n#1399\nNNNN\n";

}  // namespace

TEST_CASE("a marked message is read as a suspected duplicate, and nothing else of it is changed") {
  auto const found = marked(message, "ZFD").value();
  torntape::grammar::Parser parser;
  CHECK(torntape::grammar::suspected_duplicate(parser.parse(found)));
  CHECK(torntape::grammar::identity(parser.parse(found)) == "RUEHTA 1399 2290141");
  auto without = found;
  CHECK(without.erase(found.find(" ZFD"), 4) == message);
}

TEST_CASE("what says so already says it once") {
  auto const once = marked(message, "ZDK").value();
  CHECK(marked(once, "ZDK") == once);
}

TEST_CASE("what has neither FL5 nor FL4 cannot be marked") {
  CHECK_FALSE(marked("VZCZCTAI0001\nNNNN\n", "ZFD"));
}
