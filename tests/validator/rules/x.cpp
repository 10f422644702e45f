// Fields against one another: where a finding begins, and how grave it is.
#include "tests/validator/rules/heading.hpp"

namespace torntape::validator::test {

namespace {

std::string filed(std::string const& filing, std::string const& preamble,
                  std::string const& warning = "ZNY CCCCC ZZH") {
  Heading heading;
  heading.calling = "DE RTBAKV #0512 " + filing;
  heading.preamble = preamble;
  heading.warning = warning;
  return heading.str();
}

std::string with_text(std::string const& calling, std::string const& text, bool archive = false) {
  Heading heading;
  heading.calling = "DE RTBAKV " + calling + " 2310941";
  heading.text = text;
  heading.archive = archive;
  return heading.str();
}

}  // namespace

TEST_CASE("X-01: two minutes early are let pass, a day is doubtful, more is wrong") {
  auto const grade = [](std::string const& filing) {
    return found_by("X-01", filed(filing, "P 190938Z AUG 09"));
  };
  CHECK(grade("2310938") == Severity::off);
  CHECK(grade("2310937") == Severity::info);
  CHECK(grade("2310936") == Severity::info);
  CHECK(grade("2310935") == Severity::warning);
  CHECK(grade("2300938") == Severity::warning);
  CHECK(grade("2300937") == Severity::error);
}

TEST_CASE("X-01 proposes the day of the date-time group where the clock fits it") {
  CHECK(mended_by("X-01", filed("2280938", "P 190938Z AUG 09")) == filed("2310938", "P 190938Z AUG 09"));
  CHECK(mended_by("X-01", filed("2281000", "P 190938Z AUG 09")) == filed("2311000", "P 190938Z AUG 09"));
  CHECK(mended_by("X-01", filed("2281200", "P 190938Z AUG 09")).empty());
  // One cause, one finding.
  CHECK(found_by("X-03", filed("2280938", "P 190938Z AUG 09")) == Severity::off);
}

TEST_CASE("a message drawn up in one year and filed in the next is neither early nor late") {
  for (auto const& text : {filed("0010005", "P 312358Z DEC 08"), filed("3662359", "P 312358Z DEC 08"),
                           filed("3652359", "P 312358Z DEC 09")}) {
    INFO(text);
    CHECK(found_by("X-01", text) == Severity::off);
    CHECK(found_by("X-02", text) == Severity::off);
  }
  CHECK(found_by("X-01", filed("3652358", "P 010003Z JAN 10")) == Severity::warning);
}

TEST_CASE("day 060 is 29 February in a leap year, 1 March in any other") {
  CHECK(found_by("X-02", filed("0610005", "P 292358Z FEB 08")) == Severity::off);
  CHECK(found_by("X-01", filed("0600005", "P 292358Z FEB 08")) == Severity::warning);
  CHECK(found_by("X-01", filed("0600005", "P 282358Z FEB 09")) == Severity::off);
  CHECK(found_by("X-02", filed("0600005", "P 282358Z FEB 09")) == Severity::off);
}

TEST_CASE("X-02: an hour is normal, a day is noted, more needs a reason") {
  auto const grade = [](std::string const& filing) {
    return found_by("X-02", filed(filing, "P 190938Z AUG 09"));
  };
  CHECK(grade("2310938") == Severity::off);
  CHECK(grade("2311038") == Severity::off);
  CHECK(grade("2311039") == Severity::info);
  CHECK(grade("2320938") == Severity::info);
  CHECK(grade("2320939") == Severity::warning);
}

TEST_CASE("X-02: a signal of repetition explains a late filing") {
  for (std::string const signal : {"ZDK", "ZDS", "ZFR", "ZEL", "ZFD", "ZFG", "//ZEL//"})
    CHECK(found_by("X-02", filed("2341200", "P 190938Z AUG 09 " + signal)) == Severity::info);
  for (std::string const instructions :
       {"ZNY CCCCC ZZH ZDK", "ZNY CCCCC ZZH (CCY ADX00A1B2)", "ZNY CCCCC ZZH(CCY ADX00A1B2)"})
    CHECK(found_by("X-02", filed("2341200", "P 190938Z AUG 09", instructions)) == Severity::info);
  CHECK(found_by("X-02", filed("2341200", "P 190938Z AUG 09 ZFF4")) == Severity::warning);
}

TEST_CASE("X-04 mends the message where the routing line speaks for the addressee") {
  Heading heading;
  heading.routing = "OO RUEHBI RUEHCI";
  heading.addresses = "TO RUEHC/SECSTATE WASHDC IMMEDIATE 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  auto mended_heading = heading;
  mended_heading.preamble = "O 190938Z AUG 09";
  CHECK(found_by("X-04", heading.str()) == Severity::error);
  CHECK(found_by("FL2-02", heading.str()) == Severity::off);
  CHECK(mended_by("X-04", heading.str()) == mended_heading.str());
}

TEST_CASE("X-05 and X-04 let mixed words of precedence pass") {
  Heading heading;
  heading.addresses =
      "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA 0311\nRTCAQB/AMEMBASSY "
      "QALARABAD PRIORITY";
  CHECK(found_by("X-04", heading.str()) == Severity::off);
  CHECK(found_by("X-05", heading.str()) == Severity::off);
}

TEST_CASE("X-07: every class goes under its own letter") {
  struct Case {
    std::string warning, words;
    Severity severity;
  };
  for (auto const& [warning, words, severity] :
       {Case{"ZNR UUUUU ZZH", "UNCLAS", Severity::off},
        Case{"ZNY EEEEE ZZH", "UNCLAS E F T O", Severity::off},
        Case{"ZNR UUUUU ZZH", "UNCLAS E F T O", Severity::error},
        Case{"ZNY SSSSS ZZH", "S E C R E T", Severity::off},
        Case{"ZNY TTTTT ZZH", "T O P S E C R E T", Severity::off},
        Case{"ZNY SSSSS ZZH", "T O P S E C R E T", Severity::error},
        Case{"ZNY SSSAC ZZH", "S E C R E T", Severity::off},
        Case{"ZNR UUUUU ZZH", "C O N F I D E N T I A L", Severity::error},
        Case{"ZNY CCCCC ZZH", "UNCLAS", Severity::error}}) {
    Heading heading;
    heading.warning = warning;
    heading.text = words + " KARSTOVA 000512";
    INFO(heading.str());
    CHECK(found_by("X-07", heading.str()) == severity);
  }
}

TEST_CASE("X-08 and X-10 leave the series of travelling parties alone") {
  for (std::string const series : {"PARTO 000012", "SECTO 015004", "TOSEC 070001"}) {
    auto const text = with_text("#0512", "C O N F I D E N T I A L " + series);
    CHECK(found_by("X-08", text) == Severity::off);
    CHECK(found_by("X-10", text) == Severity::off);
  }
  CHECK(found_by("X-08", with_text("#0512", "C O N F I D E N T I A L KARSTOVA 010512")) == Severity::off);
  CHECK(found_by("X-08", with_text("#0512", "C O N F I D E N T I A L KARSTOVA 010513")) == Severity::warning);
}

TEST_CASE("X-09: one section label without the other matters only where nothing was joined") {
  std::string const joined = "C O N F I D E N T I A L KARSTOVA 000512";
  CHECK(found_by("X-09", with_text("#0512/01", joined)) == Severity::warning);
  CHECK(found_by("X-09", with_text("#0512/01", joined, true)) == Severity::info);
  CHECK(found_by("X-09", with_text("#0512", joined)) == Severity::off);
  CHECK(
      found_by("X-09", with_text("#0512/02", "C O N F I D E N T I A L FINAL SECTION OF 2 KARSTOVA 000512")) ==
      Severity::off);
}

TEST_CASE("X-10: the post occurs in the name of the originator") {
  struct Case {
    std::string originator, post;
    Severity severity;
  };
  for (auto const& [originator, post, severity] :
       {Case{"SECSTATE WASHDC", "STATE", Severity::off},
        Case{"AMEMBASSY LA PERLA", "LA PERLA", Severity::off},
        Case{"USMISSION USUN NEW YORK", "USUN NEW YORK", Severity::off},
        Case{"AMEMBASSY KARSTOVA", "AIDAC KARSTOVA", Severity::off},
        Case{"AMEMBASSY KARSTOVA", "OSTREVA", Severity::warning},
        Case{"AMEMBASSY KARSTOVA", "STATE", Severity::warning}}) {
    Heading heading;
    heading.originator = "FM " + originator;
    heading.text = "C O N F I D E N T I A L " + post + " 000512";
    INFO(heading.str());
    CHECK(found_by("X-10", heading.str()) == severity);
  }
}

TEST_CASE("X-12: ranges agree with the sections, or with one another where the sections are joined") {
  auto const with_ranges = [](std::string const& first, std::string const& second, std::string const& calling,
                              std::string const& label) {
    Heading heading;
    heading.calling = "DE RTBAKV " + calling + " 2310941";
    heading.addresses =
        "TO RUEHC/SECSTATE WASHDC PRIORITY " + first + "\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY " + second;
    heading.text = "C O N F I D E N T I A L " + label + "KARSTOVA 000512";
    return found_by("X-12", heading.str());
  };
  CHECK(with_ranges("1284-1285", "9999-0000", "#0512/01", "SECTION 01 OF 02 ") == Severity::off);
  CHECK(with_ranges("1284-1286", "0311", "#0512/01", "SECTION 01 OF 02 ") == Severity::warning);
  CHECK(with_ranges("1284-1286", "0311-0313", "#0512/01", "") == Severity::off);
  CHECK(with_ranges("1284-1286", "0311-0312", "#0512/01", "") == Severity::warning);
  CHECK(with_ranges("1284-1285", "0311", "#0512", "") == Severity::warning);
}

}  // namespace torntape::validator::test
