#include "wire/message.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "grammar/printing.hpp"
#include "grammar/received.hpp"
#include "wire/heading.hpp"

namespace torntape::wire {

TEST_CASE("A heading becomes data, and the same text again") {
  std::vector<std::string> const headings{
      "VZCZCXRO3820\nPP RUEHBI RUEHCI\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\nO P 170141Z AUG 09 ZDK\n"
      "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 6035\nINFO ZEN/AMEMBASSY SEOUL\n"
      "XMT AMEMBASSY TARSIBAD\nC O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399\n",
      "VZCZCEUC093WNA114     UU\nPP RTCAQB RTCATR\nDE RTBAKV 115B 19/0941Z\nZNR UUUUU ZGC\nRTCAQB T "
      "MIRZAGRAD\n"
      "P 190938Z AUG 2009\nFM AMEMBASSY KARSTOVA\nTO RTCAQB/AMEMBASSY QALARABAD\nNAVY GR 37\nUNCLAS\n",
      "VZCZCABC014\nOO RTDASL\nZNR UUUUU ZOV RTBA T AMEMBASSY SOLENTO ISLANDS\nEUC093\nOO RTCASL\n"
      "DE RTBAKV 115 2310941\nO 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\nTO AMEMBASSY SOLENTO "
      "ISLANDS\nUNCLAS\n",
      "VZCZCPCB111\nRR RTDASL\nDE RTCAQB 033 0500100\nR 050055Z MAR 06\nFM AMEMBASSY QALARABAD\n"
      "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\nP 020005Z FEB 06\nFM AMEMBASSY KARSTOVA\n"
      "TO RTCAQB/AMEMBASSY QALARABAD\nINFO RTCATR/AMEMBASSY TARSIBAD\nUNCLAS\n",
      "VZCZCEUC093\nRR RTCAQB\nDE RTBAKV 115 2310941\nZNR UUUUU\nR 190938Z AUG 2009\n"
      "FM RTBAKV/AMEMBASSY KARSTOVA\nTO AIG 9901\nXMT RTCATR/AMEMBASSY TARSIBAD\nAMCONSUL MIRZAGRAD\n"
      "UNCLAS PERSONAL FOR THE AMBASSADOR\n",
      "VZCZCEUC093\nPTTUZYUW RTCATRM0512 2310941-UUUU--RTBAOSC RTBAKVA.\nZNR UUUUU\nP 190938Z AUG 2009\n"
      "FM AMCONSUL MIRZAGRAD\nTO RTBAOSC/AMCONSUL PORT OSTREVA\nUNCLAS\n"};
  for (auto const& text : headings) {
    INFO(text);
    FilledMessage const filled{to_proto(grammar::Received{text}.message())};
    CHECK(grammar::print(filled.message()) == text);
  }
}

TEST_CASE("An empty heading prints nothing") {
  FilledMessage const filled{v1::Heading{}};
  CHECK(grammar::print(filled.message()).empty());
}

}  // namespace torntape::wire
