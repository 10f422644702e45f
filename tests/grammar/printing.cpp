#include "grammar/printing.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

std::string printed(std::string const& text, LineEnds line_ends = LineEnds::lf,
                    Settings const& settings = {}) {
  Parser parser;
  return print(parser.parse(text, settings), line_ends);
}

// Canonical headings of every profile and form: reading and printing give them back.
std::vector<std::string> const canonical{
    "VZCZCXRO3820\nPP RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP\nRUEHPW RUEHROV "
    "RUEHSL RUEHSR\n"
    "DE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\nFM AMEMBASSY ASTANA\n"
    "TO RUEHC/SECSTATE WASHDC PRIORITY 6035\nINFO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE PRIORITY\n"
    "RUEHNO/USMISSION USNATO NIACT IMMEDIATE 0866\nZEN/AMEMBASSY SEOUL\nXMT AMEMBASSY TARSIBAD\n"
    "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399\n\nSIPDIS\n",
    "VZCZCXYZ0008\nRR RUEHWEB\n\nDE RTFALP #0208 2311120\nZNR UUUUU ZZH\nR 191115Z AUG 09\nFM AMEMBASSY LA "
    "PERLA\n"
    "TO RUEHC/SECSTATE WASHDC 0754\nBT\nUNCLAS LA PERLA 000208\nBT\n#0208\nNNNN\n",
    "VZCZCEUC093WNA114     UU\nPP RTCAQB RTCATR RTDASL\nDE RTBAKV 115B 19/0941Z\nZNR UUUUU ZGC\nRTCAQB T "
    "MIRZAGRAD\n"
    "P R 190938Z AUG 2009 ZEX\nFM AMEMBASSY KARSTOVA\nTO RTCAQB/AMEMBASSY QALARABAD\nNAVY GR "
    "37\nBT\nUNCLAS\nBT\n"
    "C PAGE 1 LINE 2 OF PAGES\nNNNN\n",
    "VV   EUC093     HH\nRR RTCAQB\nDE RTBAKV 115 020009Z\nR 020005Z\nGRNC\nBT\nABCDE FGHIJ\nBT\nNNNN\n",
    "VZCZCABC014\nOO RTDASL\nZNR UUUUU ZOV RTBA T AMEMBASSY SOLENTO ISLANDS\nEUC093\nOO RTCASL\n"
    "DE RTBAKV 115 2310941\nO 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\nTO AMEMBASSY SOLENTO "
    "ISLANDS\nBT\nUNCLAS\nBT\nNNNN\n",
    "VZCZCPCB111\nRR RTDASL\nDE RTCAQB 033 050100Z\nR 050055Z MAR 06\nFM AMEMBASSY QALARABAD\n"
    "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\nP 020005Z FEB 06\nFM AMEMBASSY KARSTOVA\n"
    "TO RTCAQB/AMEMBASSY QALARABAD\nINFO RTCATR/AMEMBASSY TARSIBAD\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n",
    "VZCZCEUC093\nPTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC RTBAKVA.\nZNR UUUUU\nP 190938Z AUG 2009\n"
    "FM AMCONSUL MIRZAGRAD\nTO RTBAOSC/AMCONSUL PORT OSTREVA\nBT\nUNCLAS\nBT\n#0512\nNNNN\n",
    "VZCZC027 UU\nNABC NDEF DE NXYZ NR 123\nR 170141Z AUG 09\nFM NXYZ\nTO NABC\nGR 5\nBT\nUNCLAS\nBT\nNNNN\n",
    "VZCZCPCB111\nOO RTCA\nDE RTBA 020009Z\nZNR UUUUU\nZID EUC066\nNNNN\n"};

}  // namespace

TEST_CASE("a canonical message prints as it is") {
  for (auto const& text : canonical) {
    INFO(text);
    Parser parser;
    CHECK(is_printable(parser.parse(text)));
    CHECK(printed(text) == text);
  }
}

TEST_CASE("blanks, order and wrapping of a heading do not matter: it prints canonically") {
  CHECK(rc::check([] {
    auto const& text = canonical[*rc::gen::inRange<std::size_t>(0, canonical.size())];
    auto const text_at = std::min({text.find("\nBT\n"), text.find("\nC O N F"), text.find("\nZID")});
    auto const end = std::min(text_at, text.size() - 1);
    auto wild = text.substr(0, end);
    // Some blank of the heading is several, some line ends in one.
    for (auto n = *rc::gen::inRange(0, 8); n != 0; --n) {
      auto const at = *rc::gen::inRange<std::size_t>(wild.find('\n'), wild.size());
      if (wild[at] == ' ' || wild[at] == '\n') wild = wild.substr(0, at) + " " + wild.substr(at);
    }
    // An AUTODIN header has its blanks by position.
    RC_PRE(text.find("--") == std::string::npos || wild.find("  ") == std::string::npos);
    RC_ASSERT(printed(wild + text.substr(end)) == text);
  }));
}

TEST_CASE("State's routing line is sorted and filled, that of others keeps its order") {
  CHECK(
      printed(
          "VZCZCXRO3820\nPP RUEHSR RUEHBI\nRUEHCI\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nP 170141Z AUG 09\n"
          "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\n")
          .find("PP RUEHBI RUEHCI RUEHSR\nDE") != std::string::npos);
  CHECK(printed("VZCZCEUC093\nPP RTDASL RTCAQB\nRTCATR\nDE RTBAKV 115 2310941\nP 190938Z AUG 09\n"
                "FM AMEMBASSY KARSTOVA\nTO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n")
            .find("PP RTDASL RTCAQB RTCATR\nDE") != std::string::npos);
}

TEST_CASE("what is not understood is printed as it stands") {
  for (std::string const text : {"VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nP 170141Z "
                                 "AUG 09\nFM AMEMBASSY ASTANA\n"
                                 "THIS IS NO   LINE OF A HEADING AT ALL\nTO RUEHC/SECSTATE WASHDC\n",
                                 "no message\n  at all\n", "\n\n", "From: nobody\n"}) {
    INFO(text);
    CHECK(printed(text) == text);
  }
}

TEST_CASE("no letter and no figure is lost, whatever is printed, and printing again changes nothing") {
  auto const figures = [](std::string text) {
    std::erase_if(text, [](unsigned char c) { return std::isalnum(c) == 0; });
    std::ranges::sort(text);
    return text;
  };
  CHECK(rc::check([&] {
    auto text = canonical[*rc::gen::inRange<std::size_t>(0, canonical.size())];
    for (auto n = *rc::gen::inRange(0, 6); n != 0; --n) {
      auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
      auto const by = *rc::gen::elementOf(std::string(" \n/#-.ZXR0T"));
      if (*rc::gen::arbitrary<bool>())
        text[at] = by;
      else
        text = text.substr(0, at) + by + text.substr(at);
    }
    auto const once = printed(text);
    RC_ASSERT(figures(once) == figures(text));
    RC_ASSERT(printed(once) == once);
  }));
}

TEST_CASE("the identification under a pilot keeps its five spaces") {
  std::string const text =
      "VZCZCPCB130     UU\nRR RTCATR\nZFD RTCA\nVZCZCEUC093     UU\nRR RTCATR\nDE RTBAKV 123 02/0009Z\nZNR "
      "UUUUU\n"
      "R 020005Z MAR 88\nFM AMEMBASSY KARSTOVA\nTO RTCATR/AMEMBASSY TARSIBAD\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n";
  CHECK(printed(text) == text);
}

TEST_CASE("line ends are those asked for") {
  auto const& text = canonical.front();
  auto const wire = printed(text, LineEnds::wire);
  CHECK(std::ranges::count(wire, '\r') == 2 * std::ranges::count(text, '\n'));
  CHECK(printed(wire) == text);
  CHECK(printed(printed(text, LineEnds::crlf)) == text);
}

}  // namespace torntape::grammar
