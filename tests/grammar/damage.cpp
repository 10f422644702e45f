// Each shape of damage found in State headings: what is read all the same, and what is noted.
#include <algorithm>
#include <string>

#include <catch2/catch.hpp>

#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

std::string heading(std::string_view addresses) {
  return std::string(
             "VZCZCXRO3820\nPP RUEHBI RUEHCI\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\n"
             "P 170141Z AUG 09\nFM AMEMBASSY ASTANA\n") +
         std::string(addresses) +
         "\nBT\nC O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399\nBT\n#1399\nNNNN\n";
}

struct Read {
  std::string text;
  Parser parser;
  Message const& message;

  explicit Read(std::string t) : text(std::move(t)), message(parser.parse(text)) {}

  [[nodiscard]] std::string where(Feature feature) const {
    for (auto const& oddity : message.oddities)
      if (oddity.feature == feature) return std::string(oddity.where);
    return "(not noted)";
  }
};

// The addressee read from one line of a list, between two good ones.
struct ReadLine : Read {
  explicit ReadLine(std::string const& line)
      : Read(heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035\nINFO RUEHBJ/AMEMBASSY BEIJING PRIORITY 1205\n" +
                     line + "\nRUEHKO/AMEMBASSY TOKYO PRIORITY 1907")) {
    REQUIRE(message.addressees.size() >= 4);
    // The line after a bad one is read as if nothing had happened.
    auto const& last = message.addressees.back();
    CHECK(last.routing_indicator == "RUEHKO");
    CHECK(last.plain_language_address == "AMEMBASSY TOKYO");
    CHECK(last.message_continuity_number == "1907");
    CHECK(message.text.station == "ASTANA");
  }
  [[nodiscard]] Addressee const& addressee() const { return message.addressees[2]; }
};

}  // namespace

TEST_CASE("a lost slant still separates indicator and name") {
  ReadLine const read("RUEHULAMEMBASSY SEOUL PRIORITY 0866");
  CHECK(read.addressee().routing_indicator == "RUEHUL");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().precedence == Precedence::priority);
  CHECK(read.addressee().message_continuity_number == "0866");
  CHECK(read.message.features.has(Feature::slash_missing));
}

TEST_CASE("another character in place of the slant is read as one") {
  for (std::string const slant : {")", "-", " "}) {
    ReadLine const read("RUEHUL" + slant + "AMEMBASSY SEOUL PRIORITY 0866");
    CAPTURE(slant);
    CHECK(read.addressee().routing_indicator == "RUEHUL");
    CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
    CHECK(read.where(Feature::slash_garbled) == slant);
  }
}

TEST_CASE("a prosign glued to an indicator is read apart") {
  Read const read(heading("TORUEHC/SECSTATE WASHDC PRIORITY 6035\nINFORUEHUL/AMEMBASSY SEOUL"));
  REQUIRE(read.message.addressees.size() == 2);
  CHECK(read.message.addressees[0].routing_indicator == "RUEHC");
  CHECK(read.message.addressees[0].kind == AddresseeKind::action);
  CHECK(read.message.addressees[1].routing_indicator == "RUEHUL");
  CHECK(read.message.addressees[1].kind == AddresseeKind::info);
  CHECK(read.where(Feature::prosign_glued) == "TO");
}

TEST_CASE("names that begin like a prosign are names") {
  ReadLine const read("TOKYO PRESS COLLECTIVE PRIORITY");
  CHECK_FALSE(present(read.addressee().routing_indicator));
  CHECK(read.addressee().plain_language_address == "TOKYO PRESS COLLECTIVE");
  CHECK_FALSE(read.message.features.has(Feature::prosign_glued));
}

TEST_CASE("an indicator without its first letter is kept and noted") {
  for (std::string const indicator : {"UEHUL", "EUHUL"}) {
    ReadLine const read(indicator + "/AMEMBASSY SEOUL PRIORITY 0866");
    CHECK(read.addressee().routing_indicator == indicator);
    CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
    CHECK(read.where(Feature::addressee_indicator_odd) == indicator);
  }
}

TEST_CASE("a misspelt precedence is no part of the name and counts as ROUTINE") {
  for (std::string const word : {"PRIORTY", "PRIOITY", "PIORITY", "PRORITY", "IMEDIATE", "FLSH", "ROUTNE"}) {
    ReadLine const read("RUEHUL/AMEMBASSY SEOUL " + word + " 0866");
    CAPTURE(word);
    CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
    CHECK(read.addressee().precedence_word == word);
    CHECK(effective_precedence(read.message, read.addressee()) == Precedence::routine);
    CHECK(read.where(Feature::precedence_word_odd) == word);
  }
}

TEST_CASE("names that end in ordinary words carry no misspelt precedence") {
  for (std::string const name :
       {"AMEMBASSY SEOUL", "ALL SOUTH AND CENTRAL ASIA COLLECTIVE", "CDR USCENTCOM MACDILL AFB FL",
        "USMISSION USUN NEW YORK", "JOINT STAFF WASHDC//J3/J5//"}) {
    ReadLine const read("RUEKJCS/" + name);
    CHECK(read.addressee().plain_language_address == name);
    CHECK_FALSE(read.message.features.has(Feature::precedence_word_odd));
  }
}

TEST_CASE("the month over what followed LA PAZ ends the name") {
  ReadLine const read("RUEHLP/AMEMBASSY LA PAZ AUG LIMA 0412");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY LA PAZ");
  CHECK(read.where(Feature::month_intruded) == "AUG");
  ReadLine const good("RUEHLP/AMEMBASSY LA PAZ PRIORITY 0412");
  CHECK(good.addressee().plain_language_address == "AMEMBASSY LA PAZ");
  CHECK_FALSE(good.message.features.has(Feature::month_intruded));
}

TEST_CASE("a short number beside numbered addresses is a number") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL 866");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().message_continuity_number == "866");
  CHECK(read.where(Feature::continuity_number_odd) == "866");
}

TEST_CASE("digits glued to a name stay there and are noted") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL0866");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL0866");
  CHECK(read.message.features.has(Feature::continuity_number_odd));
}

TEST_CASE("digits that belong to a name are left alone") {
  ReadLine const read("RTFACF/CTF 99");
  CHECK(read.addressee().plain_language_address == "CTF 99");
  CHECK_FALSE(present(read.addressee().message_continuity_number));
  CHECK_FALSE(read.message.features.has(Feature::continuity_number_odd));
}

TEST_CASE("number and precedence that changed places are both read") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL 0866 PRIORITY");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().precedence == Precedence::priority);
  CHECK(read.addressee().message_continuity_number == "0866");
  CHECK(read.where(Feature::number_before_precedence) == "0866");
}

TEST_CASE("a range of numbers is one number") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL PRIORITY 2276-2277");
  CHECK(read.addressee().message_continuity_number == "2276-2277");
  CHECK(read.message.features.has(Feature::number_range));
}

TEST_CASE("ZEN stands for an addressee served by other means") {
  ReadLine const read("ZEN/AMEMBASSY SEOUL PRIORITY");
  CHECK(read.addressee().other_means);
  CHECK_FALSE(present(read.addressee().routing_indicator));
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
}

TEST_CASE("NIACT IMMEDIATE is one word of precedence") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL NIACT IMMEDIATE 0866");
  CHECK(read.addressee().precedence == Precedence::immediate);
  CHECK(read.addressee().night_action);
  CHECK(read.addressee().precedence_word == "NIACT IMMEDIATE");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
}

TEST_CASE("a page line and a stray word in the list are no addresses") {
  Read const page(
      heading("TO RUEHC/SECSTATE WASHDC 6035\nPAGE 02 STATE 000412 170141Z\nINFO RUEHKO/AMEMBASSY TOKYO"));
  CHECK(page.message.addressees.size() == 2);
  CHECK(page.where(Feature::page_line_in_list) == "PAGE 02 STATE 000412 170141Z");
  Read const stray(heading("TO RUEHC/SECSTATE WASHDC 6035\nPROG\nINFO RUEHKO/AMEMBASSY TOKYO"));
  CHECK(stray.message.addressees.size() == 2);
  CHECK(stray.where(Feature::stray_line_in_list) == "PROG");
}

TEST_CASE("two addresses on one line are two addressees") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL PRIORITY RUEHBJ/AMEMBASSY BEIJING");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().precedence == Precedence::priority);
  CHECK(read.message.addressees[3].plain_language_address == "AMEMBASSY BEIJING");
  CHECK(read.message.features.has(Feature::several_addresses_on_line));
}

TEST_CASE("all lines under XMT are exempted") {
  Read const read(heading(
      "TO RUCNCLS/ALL SOUTH AND CENTRAL ASIA COLLECTIVE\nXMT AMCONSUL MIRZAGRAD\nAMEMBASSY TARSIBAD"));
  CHECK(read.message.addressees.size() == 1);
  REQUIRE(read.message.exempted.size() == 2);
  CHECK(read.message.exempted[0].plain_language_address == "AMCONSUL MIRZAGRAD");
  CHECK(read.message.exempted[1].plain_language_address == "AMEMBASSY TARSIBAD");
}

TEST_CASE("an empty line inside the heading is passed over and noted") {
  Read const read(heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035\n\nINFO RUEHKO/AMEMBASSY TOKYO"));
  CHECK(read.message.addressees.size() == 2);
  CHECK(read.message.features.has(Feature::blank_line));
}

TEST_CASE("the one empty line of a drop copy is its normal form") {
  Read const read(
      "VZCZCXYZ0000\nRR RUEHWEB\n\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nR 170141Z AUG 09\n"
      "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 6035\nUNCLAS ASTANA 001399\n\nSUBJECT: A TEST\n");
  CHECK(read.message.copy_kind == CopyKind::web);
  CHECK_FALSE(read.message.features.has(Feature::blank_line));
  CHECK(read.message.archive);
  CHECK(read.message.text.subject == "A TEST");
}

TEST_CASE("a text after an empty line ends an address list, whatever its first word") {
  Read const read(
      "VZCZCXYZ0000\nRR RUEHWEB\n\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nR 170141Z AUG 09\n"
      "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 6035\n\nSUBJECT: A TEST\n");
  CHECK(read.message.addressees.size() == 1);
  CHECK(read.message.features.has(Feature::classification_missing));
  CHECK_FALSE(read.message.features.has(Feature::blank_line));
}

TEST_CASE("a classification is known by its letters, spaced, closed or garbled") {
  struct Case {
    std::string line, classification;
    bool garbled;
  };
  for (auto const& [line, classification, garbled] :
       {Case{"S E C R E T SECTION 01 OF 02 ASTANA 001399", "S E C R E T", false},
        Case{"T O P S E C R E T ASTANA 001399", "T O P S E C R E T", false},
        Case{"UNCLAS E F T O SECTION 01 OF 02 ASTANA 001399", "UNCLAS", false},
        Case{"UNCLAS ASTANA 001399", "UNCLAS", false}, Case{"SECRET ASTANA 001399", "SECRET", false},
        Case{"LIMITED OFFICIAL USE ASTANA 1399", "LIMITED OFFICIAL USE", false},
        Case{"E C R E T SECTION 01 OF 02 ASTANA 001399", "E C R E T", true},
        Case{"CC O N F I D E N T I A L ASTANA 001399", "CC O N F I D E N T I A L", true},
        Case{"NCLAS ASTANA 001399", "NCLAS", true}}) {
    Read const read(
        "VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\nFM AMEMBASSY "
        "ASTANA\n"
        "TO RUEHC/SECSTATE WASHDC\n" +
        line + "\n");
    CAPTURE(line);
    CHECK(read.message.addressees.size() == 1);
    CHECK(read.message.text.classification == classification);
    CHECK(read.message.features.has(Feature::classification_odd) == garbled);
    CHECK(read.message.text.station == "ASTANA");
  }
}

TEST_CASE("stations of several words and misspelt section labels are read") {
  Read const read(
      "VZCZCXRO3820\nPP RUEHBI\nDE RTFALP #0412/02 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\nFM AMEMBASSY LA "
      "PERLA\n"
      "TO RUEHC/SECSTATE WASHDC\nC O N F I D E N T I A L SCTION 02 GF 02 LA PERLA 000412\n");
  CHECK(read.message.text.section == "02");
  CHECK(read.message.text.station == "LA PERLA");
  CHECK(read.message.text.message_reference_number == "000412");
  CHECK(read.where(Feature::section_label_odd) == "SCTION 02 GF 02");
}

TEST_CASE("matter after the warning and after the date-time group is kept") {
  Read const read(
      "VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNY CCCCC ZZH ZDK (CCY ADX00A1B2)\n"
      "P 170141Z AUG 09 ZDK ZFF4\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\nUNCLAS ASTANA 001399\n");
  CHECK(read.message.transmission_instructions.operating_signals == std::vector<View>{"ZZH", "ZDK"});
  CHECK(read.message.transmission_instructions.remarks == "(CCY ADX00A1B2)");
  CHECK(read.message.preamble.message_instructions == std::vector<View>{"ZDK", "ZFF4"});
}

TEST_CASE("signals of FL4 that are no signals are noted") {
  auto const with = [](std::string const& fl4) {
    return Read("VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\n" + fl4 +
                "\nP 170141Z AUG 09\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\n");
  };
  CHECK(with("ZNY CCCC ZZH").where(Feature::designator_odd) == "CCCC");
  CHECK(with("ZNY CCCCC ZZHZDF").where(Feature::operating_signal_odd) == "ZZHZDF");
  CHECK(with("ZNY CCCCC ZH").where(Feature::operating_signal_odd) == "ZH");
  CHECK(with("ZZH ZNY CCCCC").where(Feature::warning_not_first) == "ZNY");
  CHECK(with("ZNR UUUUU ZZH ZNY SSSSS").where(Feature::second_warning) == "ZNY");
}

TEST_CASE("without FL1 the heading begins at the first line that is one") {
  Read const abbreviated(
      "ACTION EUR-12\n\nINFO OCT-01 ISO-00\n\nR 171234Z AUG 76\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC "
      "1234\n"
      "UNCLAS ASTANA 1399\n");
  CHECK(abbreviated.message.copy_kind == CopyKind::abbreviated);
  CHECK(abbreviated.message.addressees.size() == 1);
  CHECK(abbreviated.message.preamble.date_time_group == "171234Z AUG 76");
  Read const damaged("ZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\n");
  CHECK(damaged.message.transmission_identification.channel == "XRO");
  CHECK(damaged.message.features.has(Feature::start_odd));
}

TEST_CASE("what is no message is said to be none") {
  for (std::string const text : {"", "\n\n", "partial extract, not available", "\x00\xff\xfe"}) {
    Read const read(text);
    CHECK(read.message.features.has(Feature::not_a_message));
  }
}

TEST_CASE("a precedence before a short number is read too") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL PRIORITY 866");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().precedence == Precedence::priority);
  CHECK(read.addressee().message_continuity_number == "866");
}

TEST_CASE("a group count without a number is a group count all the same") {
  for (std::string const line : {"GR XX", "GR"}) {
    Read const read(heading("TO RUEHC/SECSTATE WASHDC 6035\n" + line));
    CHECK(read.message.addressees.size() == 1);
    CHECK(read.message.features.has(Feature::group_count_odd));
  }
}

TEST_CASE("marks that no name holds are noted where they stand in one") {
  ReadLine const read("RUEHUL/AMEMBASSY SE?UL PRIORITY 0866");
  CHECK(read.where(Feature::name_character_odd) == "?");
}

TEST_CASE("a tab parts groups and is noted") {
  Read const read(heading("TO RUEHC/SECSTATE\tWASHDC 6035"));
  CHECK(read.where(Feature::control_character) == "\t");
  CHECK(read.message.addressees[0].message_continuity_number == "6035");
}

TEST_CASE("a publisher's reverse slant is no part of its line") {
  Read const read(
      "VZCZCXRO3820\\\nPP RUEHBI\\\nDE RUEHTA #1399 2290141\\\nTO RUEHC/SECSTATE WASHDC PRIORITY 6035\\\n");
  CHECK(read.message.transmission_identification.sequence_number == "3820");
  CHECK(read.message.addressees[0].message_continuity_number == "6035");
  CHECK(read.where(Feature::foreign_character) == "\\");
}

TEST_CASE("another transmission inside the text is noted") {
  Read const read(heading("TO RUEHC/SECSTATE WASHDC") + "");
  auto text = heading("TO RUEHC/SECSTATE WASHDC");
  text.insert(text.find("BT\n#1399"), "VZCZCXRO3821\nPP RUEHCI\n");
  Read const two(text);
  CHECK_FALSE(read.message.features.has(Feature::start_repeated));
  CHECK(two.where(Feature::start_repeated) == "VZCZCXRO3821");
}

TEST_CASE("a bare date-time group begins a heading only before its originator") {
  CHECK(Read("201234Z FEB 05\nFrom: AMEMBASSY ASTANA\nTO SECSTATE WASHDC\n").message.preamble.year == "05");
  CHECK(Read("this is a partial extract\n201234Z FEB 05\nof it\n")
            .message.features.has(Feature::not_a_message));
}

TEST_CASE("the number of an AIG is its name") {
  Read const read(heading("TO AIG 9901\nINFO RUEHKO/AMEMBASSY TOKYO"));
  CHECK(read.message.addressees[0].plain_language_address == "AIG 9901");
  CHECK_FALSE(present(read.message.addressees[0].message_continuity_number));
}

namespace {

std::string with_preamble(std::string const& preamble) {
  return "VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNY CCCCC ZZH\n" + preamble +
         "\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\nBT\nUNCLAS ASTANA 001399\nBT\n#1399\nNNNN\n";
}

FormatLine format_line(Message const& m, std::string_view text) {
  auto const found = std::ranges::find(m.lines, text, &Line::text);
  return found == m.lines.end() ? FormatLine::none : found->format_line;
}

}  // namespace

TEST_CASE("a preamble whose groups ran together or fell apart is FL5 with its parts") {
  struct Case {
    std::string line, precedence, day, time, zone, month, year, odd;
  };
  for (auto const& [line, precedence, day, time, zone, month, year, odd] :
       {Case{"P170141Z AUG 09", "P", "17", "0141", "Z", "AUG", "09", ""},
        Case{"P 170141ZAUG 09", "P", "17", "0141", "Z", "AUG", "09", ""},
        Case{"P 170141Z AUG09", "P", "17", "0141", "Z", "AUG", "09", ""},
        Case{"P 170141 Z AUG 09", "P", "17", "0141", "Z", "AUG", "09", " "},
        Case{"P 17 0141Z AUG 09", "P", "17", "0141", "Z", "AUG", "09", " "},
        Case{"P 170141 AUG 09", "P", "17", "0141", "", "AUG", "09", ""},
        Case{"P 17O141Z AUG 09", "P", "17", "O141", "Z", "AUG", "09", "O"},
        Case{"P I70141Z AUG 09", "P", "I7", "0141", "Z", "AUG", "09", "I"},
        Case{"P 170141Z AUG O9", "P", "17", "0141", "Z", "AUG", "O9", "O"},
        Case{"PP170141Z AUG 09", "PP", "17", "0141", "Z", "AUG", "09", "PP"},
        Case{"170141Z P AUG 09", "P", "17", "0141", "Z", "AUG", "09", "P"}}) {
    Read const read(with_preamble(line));
    CAPTURE(line);
    auto const& preamble = read.message.preamble;
    CHECK(format_line(read.message, line) == FormatLine::fl5);
    CHECK(preamble.precedence == precedence);
    CHECK(preamble.day == day);
    CHECK(preamble.time == time);
    CHECK(preamble.zone == zone);
    CHECK(preamble.month == month);
    CHECK(preamble.year == year);
    CHECK(preamble.message_instructions.empty());
    CHECK(read.where(Feature::date_time_group_odd) == odd);
    CHECK_FALSE(read.message.features.has(Feature::preamble_missing));
    CHECK_FALSE(read.message.features.has(Feature::remarks));
  }
}

TEST_CASE("what follows a damaged date-time group is an instruction all the same") {
  Read const read(with_preamble("P170141Z AUG 09 ZDK"));
  CHECK(read.message.preamble.message_instructions == std::vector<View>{"ZDK"});
  Read const dual(with_preamble("P R170141Z AUG 09"));
  CHECK(dual.message.preamble.precedence == "P");
  CHECK(dual.message.preamble.info_precedence == "R");
}

TEST_CASE("lines of figures that are no preamble are none") {
  for (std::string const line :
       {"REF 170141 AUG", "P 17 OF 0141 AUG 09", "PARIS 170141", "P 1701419 AUG 09 5"}) {
    Read const read(with_preamble("P 170141Z AUG 09\n" + line));
    CAPTURE(line);
    CHECK(read.message.preamble.date_time_group == "170141Z AUG 09");
    CHECK_FALSE(read.message.features.has(Feature::line_unread));
  }
}

TEST_CASE("a damaged INFO begins FL8") {
  for (std::string const prosign :
       {"AINFO ", "IFNO ", "INO ", "NFO ", "INF ", "INFOO ", "INFOX", "INF O", "I NFO "}) {
    auto const line = prosign + "RUEHBJ/AMEMBASSY BEIJING PRIORITY 1205";
    Read const read(heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035\n" + line + "\nRUEHKO/AMEMBASSY TOKYO"));
    CAPTURE(line);
    REQUIRE(read.message.addressees.size() == 3);
    for (auto const i : {1U, 2U}) CHECK(read.message.addressees[i].kind == AddresseeKind::info);
    CHECK(read.message.addressees[1].routing_indicator == "RUEHBJ");
    CHECK(format_line(read.message, line) == FormatLine::fl8);
    CHECK(prosign.starts_with(read.where(Feature::prosign_glued)));
  }
}

TEST_CASE("INFO behind an address on its line begins FL8") {
  for (std::string const between : {" 6037INFO ", " 6037 INFO ", " INFO "}) {
    Read const read(heading("TO RUEHC/SECSTATE WASHDC PRIORITY" + between +
                            "RUEHBJ/AMEMBASSY BEIJING\nRUEHKO/AMEMBASSY TOKYO"));
    CAPTURE(between);
    REQUIRE(read.message.addressees.size() == 3);
    CHECK(read.message.addressees[0].plain_language_address == "SECSTATE WASHDC");
    CHECK(read.message.addressees[0].precedence == Precedence::priority);
    CHECK(read.message.addressees[1].kind == AddresseeKind::info);
    CHECK(read.message.addressees[2].kind == AddresseeKind::info);
  }
}

TEST_CASE("names that are no INFO stay in their list") {
  for (std::string const name :
       {"INFORMATION CENTER COLLECTIVE", "ING PRESS OFFICE", "INF SCHOOL COLLECTIVE"}) {
    Read const read(heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035\n" + name));
    CAPTURE(name);
    REQUIRE(read.message.addressees.size() == 2);
    CHECK(read.message.addressees[1].kind == AddresseeKind::action);
    CHECK(read.message.addressees[1].plain_language_address == name);
  }
}

TEST_CASE("an indicator that a blank breaks is one indicator") {
  ReadLine const read("RUE UL/AMEMBASSY SEOUL PRIORITY 0866");
  CHECK(read.addressee().routing_indicator == "RUE UL");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.where(Feature::addressee_indicator_odd) == "RUE UL");
}

TEST_CASE("a precedence that a blank breaks, and a damaged number behind one") {
  ReadLine const broken("RUEHUL/AMEMBASSY SEOUL PRIORI Y");
  CHECK(broken.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(broken.addressee().precedence_word == "PRIORI Y");
  for (std::string const number : {"086O", "08 66", "08X6"}) {
    ReadLine const read("RUEHUL/AMEMBASSY SEOUL PRIORITY " + number);
    CAPTURE(number);
    CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
    CHECK(read.addressee().precedence == Precedence::priority);
    CHECK(read.addressee().message_continuity_number == number);
    CHECK(read.where(Feature::continuity_number_odd) == number);
  }
}

TEST_CASE("a damaged security warning is one") {
  auto const with = [](std::string const& fl4) {
    return Read("VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\n" + fl4 +
                "\nP 170141Z AUG 09\nFM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\n");
  };
  for (std::string const line : {"ZRN UUUUU ZZH", "NR UUUUU ZZH", "ZNNR UUUUU ZZH", "ZN UUUUU ZZH"}) {
    auto const read = with(line);
    CAPTURE(line);
    CHECK(read.message.transmission_instructions.security_warning == line.substr(0, line.find(' ')));
    CHECK(read.message.transmission_instructions.designator == "UUUUU");
    CHECK(read.message.transmission_instructions.operating_signals == std::vector<View>{"ZZH"});
  }
  for (std::string const line : {"ZNRU UUUU ZZH", "ZNRXUUUUU ZZH", "ZNRUUUUU ZZH"}) {
    auto const read = with(line);
    CAPTURE(line);
    CHECK(read.message.transmission_instructions.security_warning == "ZNR");
    CHECK(read.message.features.has(Feature::designator_odd));
    CHECK_FALSE(read.message.features.has(Feature::remarks));
  }
}

TEST_CASE("a calling station is read whatever became of DE and the blanks") {
  struct Case {
    std::string line, indicator, serial, odd;
  };
  for (auto const& [line, indicator, serial, odd] :
       {Case{"DERUEHTA #1399 2290141", "RUEHTA", "1399", "DE"},
        Case{"DEXRUEHTA #1399 2290141", "RUEHTA", "1399", "DEX"},
        Case{"D ERUEHTA #1399 2290141", "RUEHTA", "1399", "D ERUEHTA"},
        Case{"DER UEHTA #1399 2290141", "R UEHTA", "1399", "DER UEHTA"}}) {
    Read const read("VZCZCXRO3820\nPP RUEHBI\n" + line + "\nZNY CCCCC ZZH\nP 170141Z AUG 09\nFM A\nTO B\n");
    CAPTURE(line);
    CHECK(read.message.origin.routing_indicator == indicator);
    CHECK(read.message.origin.station_serial_number == serial);
    CHECK(read.message.origin.filing_time == "2290141");
    CHECK(read.where(Feature::calling_station_missing) == odd);
  }
  Read const broken("VZCZCXRO3820\nPP RUEHBI\nDE RUE TA #13 9/01 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\n");
  CHECK(broken.where(Feature::calling_indicator_odd) == "RUE TA");
  CHECK(broken.where(Feature::serial_odd) == "13 9");
  CHECK(broken.message.origin.section == "01");
  CHECK(broken.message.origin.day_of_year == "229");
}

TEST_CASE("lines whose end was lost are both read") {
  Read const station("VZCZCXRO3820\nPP RUEHBI RUEHCI DE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\n");
  CHECK(station.message.routing_line.routing_indicators == std::vector<View>{"RUEHBI", "RUEHCI"});
  CHECK(station.message.origin.station_serial_number == "1399");
  CHECK(station.message.transmission_instructions.designator == "CCCCC");
  Read const routing("VZCZCXRO3820 PP RUEHBI RUEHCI\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\n");
  CHECK(routing.message.transmission_identification.sequence_number == "3820");
  CHECK(routing.message.routing_line.routing_indicators == std::vector<View>{"RUEHBI", "RUEHCI"});
  CHECK_FALSE(routing.message.features.has(Feature::routing_line_missing));
}

TEST_CASE("an identification that a blank breaks has its channel and its number") {
  auto const first = [](std::string const& line) {
    return Read(line + "\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNY CCCCC ZZH\n");
  };
  CHECK(first("VZCZCX O3820").message.transmission_identification.channel == "X O");
  CHECK(first("VZCZCX O3820").message.transmission_identification.sequence_number == "3820");
  CHECK(first("VZCZCXRO38O0").where(Feature::channel_number_odd) == "38O0");
  CHECK_FALSE(first("VZCZCXRO38O0").message.features.has(Feature::channel_odd));
}

TEST_CASE("a number glued to the precedence behind it is read as both") {
  ReadLine const read("RUEHUL/AMEMBASSY SEOUL 0866PRIORITY");
  CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
  CHECK(read.addressee().precedence == Precedence::priority);
  CHECK(read.addressee().precedence_word == "PRIORITY");
  CHECK(read.addressee().message_continuity_number == "0866");
  CHECK(read.where(Feature::number_before_precedence) == "0866");
  ReadLine const name("RUEHUL/AMEMBASSY SEOUL 3RDFLASH");
  CHECK(name.addressee().plain_language_address == "AMEMBASSY SEOUL 3RDFLASH");
}

TEST_CASE("of two precedences the one behind holds, and neither is part of the name") {
  for (std::string const number : {"", " 0866"}) {
    ReadLine const read("RUEHUL/AMEMBASSY SEOUL ROUTINE PRIORITY" + number);
    CHECK(read.addressee().plain_language_address == "AMEMBASSY SEOUL");
    CHECK(read.addressee().precedence == Precedence::priority);
    CHECK(read.where(Feature::precedence_word_odd) == "ROUTINE");
  }
  CHECK(ReadLine("RUEHUL/AMEMBASSY SEOUL NIACT PRIORITY").message.features.has(Feature::night_action));
}

TEST_CASE("a blank inside the letters of the class belongs to them") {
  auto text = heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035");
  text.replace(text.find("CCCCC ZZH"), 9, "CCC CC ZZH");
  Read const read(text);
  CHECK(read.message.transmission_instructions.designator == "CCC CC");
  CHECK(read.message.transmission_instructions.operating_signals == std::vector<View>{"ZZH"});
  CHECK(read.where(Feature::designator_odd) == "CCC CC");
}

TEST_CASE("a damaged signal of a pilot is one where the heading as received follows") {
  auto const piloted = [](std::string const& signal, std::string const& below) {
    return Read("VZCZCABC014\nOO RTDASL\n" + signal + "\n" + below +
                "OO RTCASL\nDE RTBAKV 115 020009Z\nO 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\n"
                "TO AMEMBASSY SOLENTO ISLANDS\nBT\nUNCLAS\nBT\nNNNN\n");
  };
  for (auto const* const signal : {"ZVO RTBA", "Z0V RTBA", "ZOVRTBA", "ZO RTBA"}) {
    auto const read = piloted(signal, "EUC093\n");
    REQUIRE(read.message.pilots.size() == 1);
    CHECK(read.message.pilots.front().routing_indicator == "RTBA");
    CHECK(read.message.pilots.front().received == "EUC093");
    CHECK(read.message.routing_line.routing_indicators == std::vector<View>{"RTCASL"});
    CHECK(piloted(signal, "").message.pilots.empty());
  }
}

TEST_CASE("a channel that looks like State's does not outweigh a station line of base ACP 127") {
  auto const profile = [](std::string const& calling, std::string const& warning) {
    return Read("VZCZCXRO0093\nRR RTCAQB\n" + calling + "\n" + warning +
                "\nR 190938Z AUG 09\nFM RTBAKV\nTO RTCAQB\nBT\nUNCLAS\nBT\nNNNN\n")
        .message.profile;
  };
  CHECK(profile("DE RTBAKV 115B 2310941", "ZNR UUUUU") == Profile::acp127);
  CHECK(profile("DE RTBAKV 115 02/0009Z", "ZNR UUUUU") == Profile::acp127);
  CHECK(profile("DE RTBAKV 1154 2310941", "ZNR UUUUU") == Profile::state);      // its mark is lost
  CHECK(profile("DE RTBAKV 115B 2310941", "ZNR UUUUU ZZH") == Profile::state);  // a figure is damaged
}

TEST_CASE("FL2 and FL3 in the text, and no FL1 above them, begin another message") {
  auto const with_text = [](std::string const& text) {
    return Read(
               "VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNR UUUUU ZZH\nP 170141Z AUG 09\n"
               "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC 6035\nBT\n" +
               text + "\nBT\n#1399\nNNNN\n")
        .where(Feature::start_repeated);
  };
  std::string const second = "PP RUEHBI\nDE RUEHTA #1400 2290151\nZNR UUUUU ZZH\nP 170151Z AUG 09";
  CHECK(with_text("UNCLAS ASTANA 001399\n\nTEXT.\n" + second) == "PP RUEHBI");
  CHECK(with_text("UNCLAS ASTANA 001399\n\nPP RUEHBI\nTEXT.") == "(not noted)");
  // A message asked for is sent again behind the words of a service message (ACP 127(G) 419.c(1)).
  CHECK(with_text("UNCLAS SVC ZUI ABC012 ZDK RUEHTA 1400\n" + second) == "(not noted)");
}

TEST_CASE("a message in small letters throughout is read in capitals, and kept as it came") {
  auto text = heading("TO RUEHC/SECSTATE WASHDC PRIORITY 6035");
  auto small = text;
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  Read const read(small);
  CHECK(read.message.source == text);
  REQUIRE(read.message.small_letters != nullptr);
  CHECK(read.message.small_letters->received.data() == read.text.data());
  CHECK(read.message.profile == Profile::state);
  CHECK(read.message.addressees.size() == 1);
  CHECK(read.message.features.has(Feature::lower_case));
  CHECK_FALSE(read.message.features.has(Feature::line_unread));
  // The parser is its own again with the next message, and words in a text are no message.
  Parser parser;
  parser.parse(small);
  CHECK(parser.parse(text).small_letters == nullptr);
  CHECK(parser.parse("a note on vzczcxro3820\n").small_letters == nullptr);
  CHECK(parser.parse("a note on\nvzczc\r").features.has(Feature::not_a_message) == false);
}

}  // namespace torntape::grammar
