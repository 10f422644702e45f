// Headings of every profile and form, as the rulebook's paragraphs show them, with synthetic stations.
#include <string>

#include <catch2/catch.hpp>

#include "grammar/parser.hpp"
#include "grammar/tokens.hpp"

namespace torntape::grammar {
namespace {

// Reads the text, and holds both.
class Read {
 public:
  explicit Read(std::string text, Settings const& settings = {}) : text_(std::move(text)) {
    parser_.parse(text_, settings);
  }
  Message const& message() { return parser_.parse(text_); }

 private:
  std::string text_;
  Parser parser_;
};

std::string printed(Message const& message) {
  std::string text;
  for (auto const& line : message.lines) text.append(line.text).append(line.ending);
  return text;
}

bool all_read(Message const& m) {
  for (auto const& line : m.lines)
    if (line.reading == Reading::unread) return false;
  return !m.features.has(Feature::line_unread) && !m.features.has(Feature::line_out_of_order);
}

constexpr char const* acp127 =
    "VZCZCPCB111     UU\n"
    "RR RTCAQB RTCATR\n"
    "DE RTBAKV 115B 02/0009Z\n"
    "ZNR UUUUU\n"
    "RTCAQB T MIRZAGRAD\n"
    "R 020005Z MAR 2006\n"
    "FM AMEMBASSY KARSTOVA\n"
    "TO RTCAQB/AMEMBASSY QALARABAD\n"
    "INFO RTCATR/AMEMBASSY TARSIBAD\n"
    "BT\n"
    "UNCLAS SECTION 1 OF 2\n"
    "THIS IS A TEST\n"
    "PAGE 2 RTBAKV 115B UNCLAS\n"
    "OF PAGES\n"
    "BT\n"
    "C PAGE 2 LINE 1 OF PAGES\n"
    "NNNN\n";

}  // namespace

TEST_CASE("acp127: a plaindress message of a manual station") {
  Read read(acp127);
  auto const& m = read.message();
  CHECK(printed(m) == acp127);
  CHECK(m.profile == Profile::acp127);
  CHECK(m.profile_reason == ProfileReason::calling_station);
  CHECK(m.profile_witness == "DE");
  CHECK(m.form == MessageForm::plaindress);
  CHECK(m.transmission_identification.channel == "PCB");
  CHECK(m.transmission_identification.sequence_number == "111");
  CHECK(m.transmission_identification.security_prosign == "UU");
  CHECK(m.origin.station_serial_number == "115B");
  CHECK(m.origin.filing_time == "02/0009Z");
  CHECK(m.origin.day_of_month == "02");
  CHECK(m.origin.time_of_file == "0009");
  CHECK_FALSE(present(m.origin.day_of_year));
  REQUIRE(m.transmission_instructions.transmit.size() == 1);
  CHECK(m.transmission_instructions.transmit[0].routing_indicator == "RTCAQB");
  CHECK(m.transmission_instructions.transmit[0].designators == "MIRZAGRAD");
  CHECK(m.preamble.year == "2006");
  CHECK(m.addressees.size() == 2);
  CHECK(m.text.section == "1");
  CHECK(m.text.sections == "2");
  REQUIRE(m.page_marks.size() == 1);
  CHECK(m.page_marks[0].page == "2");
  CHECK(m.page_marks[0].station == "RTBAKV");
  CHECK(m.page_marks[0].number == "115B");
  CHECK(m.page_marks[0].classification == "UNCLAS");
  REQUIRE(m.end.corrections.size() == 1);
  CHECK(m.end.nnnn == "NNNN");
  CHECK(all_read(m));
  for (auto const odd :
       {Feature::serial_odd, Feature::serial_mark_missing, Feature::filing_time_odd, Feature::channel_odd,
        Feature::start_odd, Feature::date_time_group_odd, Feature::remarks})
    CHECK_FALSE(m.features.has(odd));
}

TEST_CASE("acp127: month and year may be left out of the date-time group") {
  Read read(
      "VZCZCPCB111\nRR RTCAQB\nDE RTBAKV 115 020009Z\nR 020005Z ZEX\nFM AMEMBASSY KARSTOVA\n"
      "TO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.preamble.date_time_group == "020005Z");
  CHECK(m.features.has(Feature::month_missing));
  CHECK_FALSE(m.features.has(Feature::date_time_group_odd));
  CHECK(m.preamble.message_instructions == std::vector<View>{"ZEX"});
}

TEST_CASE("acp127: a manual identification, and a chain of earlier ones") {
  auto const body = std::string(
      "RR RTCAQB\nDE RTBAKV 115 020009Z\nR 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\n"
      "TO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n");
  SECTION("VV") {
    Read read("VV   EUC093     HH\n" + body);
    auto const& m = read.message();
    CHECK(m.profile == Profile::acp127);
    CHECK(m.transmission_identification.start == "VV");
    CHECK(m.transmission_identification.channel == "EUC");
    CHECK(m.transmission_identification.security_prosign == "HH");
    CHECK_FALSE(m.features.has(Feature::start_odd));
  }
  SECTION("bare") {
    Read read("EUC 093\n" + body);
    CHECK(read.message().transmission_identification.sequence_number == "093");
    CHECK_FALSE(read.message().features.has(Feature::start_odd));
  }
  SECTION("chain") {
    Read read("VZCZCEUC093WNA114ABC 002\n" + body);
    auto const& m = read.message();
    CHECK(m.transmission_identification.channel == "EUC");
    CHECK(m.transmission_identification.earlier == "WNA114ABC 002");
    CHECK(m.features.has(Feature::number_chain));
    CHECK_FALSE(m.features.has(Feature::matter_after_channel_number));
  }
  SECTION("four digits are no channel number outside state") {
    Read read("VZCZCEUC0933\n" + body);
    CHECK(read.message().features.has(Feature::channel_number_odd));
  }
}

TEST_CASE("acp127: a bell before FLASH is no part of the precedence") {
  Read read(
      "VZCZCEUC093\n\a\a\a\a\aZZ RTCAQB\nDE RTBAKV 115 020009Z\nZ 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\n"
      "TO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.routing_line.bell == "\a\a\a\a\a");
  CHECK(m.routing_line.precedence == "ZZ");
  CHECK_FALSE(m.features.has(Feature::routing_precedence_odd));
}

TEST_CASE("acp127-us: the serial's mark says it, the validation line repeats it") {
  Read read(
      "VZCZCABC027\nOO RTCAQB\nDE RTBAKV #1399 2290141\nZNY CCCCC\nO 170141Z AUG 2009\n"
      "FM AMEMBASSY KARSTOVA\nTO RTCAQB/AMEMBASSY QALARABAD\nBT\nC O N F I D E N T I A L\nTEXT\nBT\n"
      "#1399\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.profile == Profile::acp127_us);
  CHECK(m.profile_reason == ProfileReason::serial_mark);
  CHECK(m.profile_witness == "#");
  CHECK(m.origin.station_serial_number == "1399");
  CHECK(m.end.validation_number == "1399");
  CHECK(all_read(m));
  CHECK(m.oddities.empty());
}

TEST_CASE("janap128: the header is read by its 43 positions") {
  Read read(
      "VZCZCABC027\nRTTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA RTCATRM.\nZNR UUUUU\nR 170141Z AUG 09\n"
      "FM AMEMBASSY KARSTOVA\nTO AMEMBASSY QALARABAD\nBT\nUNCLAS\nTEXT\nBT\n#1004\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.profile == Profile::janap128);
  CHECK(m.profile_reason == ProfileReason::autodin_header);
  CHECK(m.routing_line.precedence == "R");
  CHECK(m.routing_line.language_media == "TT");
  CHECK(m.routing_line.classification == "U");
  CHECK(m.routing_line.content_indicator == "ZYUW");
  CHECK(m.origin.routing_indicator == "RTBAKVA");
  CHECK(m.origin.station_serial_number == "1004");
  CHECK(m.origin.day_of_year == "229");
  CHECK(m.origin.time_of_file == "0141");
  CHECK(m.routing_line.classification_redundancy == "UUUU");
  CHECK(m.routing_line.routing_indicators == std::vector<View>{"RTCAQBA", "RTCATRM"});
  CHECK(m.routing_line.end_of_routing == ".");
  CHECK(m.transmission_instructions.designator == "UUUUU");
  CHECK_FALSE(m.features.has(Feature::calling_station_missing));
  CHECK(all_read(m));
  for (auto const odd :
       {Feature::autodin_positions_odd, Feature::autodin_class_differs, Feature::autodin_end_missing})
    CHECK_FALSE(m.features.has(odd));
}

TEST_CASE("janap128: routing over two lines, and what damage does to the header") {
  auto const after = std::string("ZNR UUUUU\nR 170141Z AUG 09\nFM A\nTO B\nBT\nUNCLAS\nBT\n#1004\nNNNN\n");
  SECTION("two lines") {
    Read read("VZCZCABC027\nRTTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA\nRTCATRM RTCATRA.\n" + after);
    CHECK(read.message().routing_line.routing_indicators.size() == 3);
    CHECK_FALSE(read.message().features.has(Feature::autodin_end_missing));
    CHECK_FALSE(read.message().features.has(Feature::routing_indicator_odd));
  }
  SECTION("no period") {
    Read read("VZCZCABC027\nRTTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA\n" + after);
    CHECK(read.message().features.has(Feature::autodin_end_missing));
  }
  SECTION("classes differ") {
    Read read("VZCZCABC027\nRTTUZYUW RTBAKVA1004 2290141-UUUC--RTCAQBA.\n" + after);
    CHECK(read.message().features.has(Feature::autodin_class_differs));
  }
  SECTION("a position too many") {
    Read read("VZCZCABC027\nRTTUZYUWR RTBAKVA1004 2290141-UUUU--RTCAQBA.\n" + after);
    auto const& m = read.message();
    CHECK(m.profile == Profile::janap128);
    CHECK(m.features.has(Feature::autodin_positions_odd));
    CHECK(m.origin.station_serial_number == "1004");
    CHECK(m.routing_line.routing_indicators == std::vector<View>{"RTCAQBA"});
  }
}

TEST_CASE("acp126: call signs and the number on one line") {
  Read read(
      "VZCZC027 UU\nNABC NDEF DE NXYZ NR 123\nR 170141Z AUG 09\nFM NXYZ\nTO NABC\nINFO NDEF\nGR 5\nBT\n"
      "UNCLAS\nBT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.profile == Profile::acp126);
  CHECK(m.profile_reason == ProfileReason::no_station_lines);
  CHECK(m.transmission_identification.sequence_number == "027");
  CHECK(m.transmission_identification.channel.empty());
  CHECK(m.routing_line.routing_indicators == std::vector<View>{"NABC", "NDEF"});
  CHECK(m.origin.routing_indicator == "NXYZ");
  CHECK(m.origin.station_serial_number == "123");
  CHECK(m.accounting.group_count == "5");
  CHECK(all_read(m));
}

TEST_CASE("a profile that is given is that of the message") {
  Settings settings;
  settings.profile = Profile::acp127_us;
  std::string const text = acp127;
  Parser parser;
  auto const& m = parser.parse(text, settings);
  CHECK(m.profile == Profile::acp127_us);
  CHECK(m.profile_reason == ProfileReason::given);
  CHECK(m.features.has(Feature::serial_mark_missing));
}

TEST_CASE("a codress has no address outside its text") {
  Read read(
      "VZCZCPCB111\nRR RTCAQB\nDE RTBAKV 115 020009Z\nR 020005Z MAR 06\nGR 6\nBT\nABCDE FGHIJ KLMNO PQRST "
      "UVWXY ABCDE\n"
      "BT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.form == MessageForm::codress);
  CHECK(m.accounting.group_count == "6");
  for (auto const missing : {Feature::originator_missing, Feature::action_missing, Feature::addressee_missing,
                             Feature::classification_missing, Feature::cut_short})
    CHECK_FALSE(m.features.has(missing));
  CHECK(all_read(m));
}

TEST_CASE("an abbreviated plaindress names its parties by FL2 and FL3") {
  Read read("VZCZCPCB111\nRR RTCAQB\nDE RTBAKV 115 020009Z\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.form == MessageForm::abbreviated_plaindress);
  CHECK_FALSE(m.features.has(Feature::preamble_missing));
  CHECK_FALSE(m.features.has(Feature::addressee_missing));
  CHECK(all_read(m));
}

TEST_CASE("service messages: between neighbours and relayed") {
  SECTION("direct") {
    Read read("VZCZCPCB111\nOO RTCA\nDE RTBA 020009Z\nZFX EUC066\nNNNN\n");
    auto const& m = read.message();
    CHECK(m.form == MessageForm::service);
    CHECK(m.lines[3].format_line == FormatLine::fl12);
    for (auto const missing :
         {Feature::preamble_missing, Feature::separator_missing, Feature::classification_missing})
      CHECK_FALSE(m.features.has(missing));
  }
  SECTION("direct, with a warning") {
    Read read("VZCZCPCB111\nOO RTCA\nDE RTBA 020009Z\nZNR UUUUU\nZID EUC066\nNNNN\n");
    auto const& m = read.message();
    CHECK(m.form == MessageForm::service);
    CHECK(m.transmission_instructions.security_warning == "ZNR");
    CHECK(m.lines[4].format_line == FormatLine::fl12);
  }
  SECTION("direct, on a channel of State's") {
    Read read("VZCZCXRO0001\nPP RTEA\nDE RTAA 3292047\nZID XRI0000\nNNNN\n");
    auto const& m = read.message();
    CHECK(m.profile == Profile::state);
    CHECK(m.form == MessageForm::service);
    CHECK(m.lines[3].format_line == FormatLine::fl12);
  }
  SECTION("a State heading with a serial that ends before its addresses was broken off") {
    Read read("VZCZCXRO0001\nPP RTEABI\nDE RTBAKV #0512 2310941\nZNY CCCCC ZZH\nNNNN\n");
    CHECK(read.message().form == MessageForm::plaindress);
    CHECK(read.message().features.has(Feature::cut_short));
  }
  SECTION("relayed") {
    Read read(
        "VZCZCPCB111\nRR RTCA RTDA\nDE RTBA 116 020009Z\nZNR UUUUU\nTO RTCA\nINFO RTDA\nBT\n"
        "UNCLAS SVC ZUI PCB014 ZDK RTBAKV 115 020009Z\nBT\nNNNN\n");
    auto const& m = read.message();
    CHECK(m.form == MessageForm::service);
    CHECK(m.text.service == "SVC");
    CHECK(m.addressees.size() == 2);
    CHECK_FALSE(m.features.has(Feature::originator_missing));
  }
}

TEST_CASE("a readdressed message keeps its first heading apart") {
  Read read(
      "VZCZCPCB111\nRR RTDASL\nDE RTCAQB 033 050100Z\nR 050055Z MAR 06\nFM AMEMBASSY QALARABAD\n"
      "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\nP 020005Z FEB 06\nFM AMEMBASSY KARSTOVA\n"
      "TO RTCAQB/AMEMBASSY QALARABAD\nINFO RTCATR/AMEMBASSY TARSIBAD\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n");
  auto const& m = read.message();
  CHECK(m.features.has(Feature::readdressed));
  CHECK(m.preamble.date_time_group == "050055Z MAR 06");
  CHECK(m.originator.plain_language_address == "AMEMBASSY QALARABAD");
  REQUIRE(m.addressees.size() == 1);
  CHECK(m.addressees[0].routing_indicator == "RTDASL");
  REQUIRE(m.original.size() == 1);
  CHECK(m.original[0].preamble.date_time_group == "020005Z FEB 06");
  CHECK(m.original[0].originator.plain_language_address == "AMEMBASSY KARSTOVA");
  REQUIRE(m.original[0].addressees.size() == 2);
  CHECK(m.original[0].addressees[1].kind == AddresseeKind::info);
  CHECK(all_read(m));
  CHECK_FALSE(m.features.has(Feature::originator_repeated));
}

TEST_CASE("a pilot stands between the identification and the heading as received") {
  Read read(
      "VZCZCABC014\nOO RTDASL\nZNR UUUUU ZOV RTBA T AMEMBASSY SOLENTO ISLANDS\nEUC093\nOO RTCASL\n"
      "DE RTBAKV 115 020009Z\nO 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\nTO AMEMBASSY SOLENTO ISLANDS\nBT\n"
      "UNCLAS\nBT\nNNNN\n");
  auto const& m = read.message();
  REQUIRE(m.pilots.size() == 1);
  auto const& pilot = m.pilots.front();
  CHECK(pilot.precedence == "OO");
  CHECK(pilot.routing_indicators == std::vector<View>{"RTDASL"});
  CHECK(pilot.security_warning == "ZNR");
  CHECK(pilot.operating_signal == "ZOV");
  CHECK(pilot.routing_indicator == "RTBA");
  CHECK(pilot.transmit_to == "AMEMBASSY SOLENTO ISLANDS");
  CHECK(pilot.received == "EUC093");
  CHECK(m.routing_line.routing_indicators == std::vector<View>{"RTCASL"});
  CHECK(m.transmission_identification.channel == "ABC");
  CHECK(all_read(m));
  for (auto i = 0U; i != 4; ++i) CHECK(m.lines[i].format_line == FormatLine::fl1);
}

TEST_CASE("accounting letters stand alone on the last line before BT") {
  Read read(
      "VZCZCPCB111\nRR RTCAQB\nDE RTBAKV 115 020009Z\nR 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\n"
      "TO RTCAQB/AMEMBASSY QALARABAD\nNAVY\nBT\nUNCLAS\nBT\nNNNN\n");
  CHECK(read.message().accounting.information == "NAVY");
  CHECK_FALSE(read.message().features.has(Feature::stray_line_in_list));
}

TEST_CASE("State's page marks are found in its text") {
  Read read(
      "VZCZCXRO3820\nPP RUEHBI\nDE RUEHTA #1399/01 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\n"
      "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\nC O N F I D E N T I A L SECTION 01 OF 02 ASTANA "
      "001399\n\n"
      "TEXT\nASTANA 00001399  001.2 OF 002\nTEXT\n");
  auto const& m = read.message();
  CHECK(m.profile_reason == ProfileReason::channel);
  CHECK(m.profile_witness == "XRO3820");
  REQUIRE(m.page_marks.size() == 1);
  CHECK(m.page_marks[0].station == "ASTANA");
  CHECK(m.page_marks[0].number == "00001399");
  CHECK(m.page_marks[0].page == "001.2");
  CHECK(m.page_marks[0].pages == "002");
}

TEST_CASE("ZZH makes a heading State's where the channel does not") {
  Read read(
      "VZCZCABC027\nPP RUEHBI\nDE RUEHTA #1399 2290141\nZNY CCCCC ZZH\nP 170141Z AUG 09\n"
      "FM AMEMBASSY ASTANA\nTO RUEHC/SECSTATE WASHDC\nUNCLAS ASTANA 001399\n");
  CHECK(read.message().profile == Profile::state);
  CHECK(read.message().profile_reason == ProfileReason::agency_signal);
}

TEST_CASE("acp126: a call with its number begins a message, one without it does before FL5") {
  auto const after = std::string("R 170141Z AUG 09\nFM NXYZ\nTO NABC\nBT\nUNCLAS\nBT\nNNNN\n");
  for (std::string const call : {"NABC DE NXYZ NR 123", "NABC DE NXYZ"}) {
    Read read(call + "\n" + after);
    CAPTURE(call);
    CHECK(read.message().profile == Profile::acp126);
    CHECK(read.message().origin.routing_indicator == "NXYZ");
    CHECK(read.message().routing_line.routing_indicators == std::vector<View>{"NABC"});
    CHECK_FALSE(read.message().features.has(Feature::text_before_start));
  }
  Read words("MESA DE AYUDA\nCARTA NUEVE\n" + after);
  CHECK(words.message().features.has(Feature::text_before_start));
  CHECK_FALSE(present(words.message().origin.routing_indicator));
}

TEST_CASE("acp126: damaged prosigns of a call") {
  struct Case {
    std::string line, number;
    Feature odd;
    std::string where;
  };
  for (auto const& [line, number, odd, where] :
       {Case{"NABC ED NXYZ NR 123", "123", Feature::calling_station_missing, "ED"},
        Case{"NABC NXYZ NR 123", "123", Feature::calling_station_missing, ""},
        Case{"NABC DENXYZ NR 123", "123", Feature::calling_station_missing, "DE"},
        Case{"NABC DE NXYZ RN 123", "123", Feature::serial_missing, "RN"},
        Case{"NABC DE NXYZ NR123", "123", Feature::serial_missing, "NR"},
        Case{"NABC DE NXYZ 123", "123", Feature::serial_missing, ""},
        Case{"NABC DE NXYZ NR 12A", "12A", Feature::serial_odd, "12A"}}) {
    Read read("VZCZC027 UU\n" + line + "\nR 170141Z AUG 09\nFM NXYZ\nTO NABC\nBT\nUNCLAS\nBT\nNNNN\n");
    auto const& m = read.message();
    CAPTURE(line);
    CHECK(m.profile == Profile::acp126);
    CHECK(m.origin.routing_indicator == "NXYZ");
    CHECK(m.origin.station_serial_number == number);
    REQUIRE(m.oddities.size() >= 1);
    CHECK(m.oddities.front().feature == odd);
    CHECK(m.oddities.front().where == where);
  }
}

TEST_CASE("acp126: what is no call is not read as a routing line") {
  Read read("VZCZC027 UU\nXXXX 9999\nR 170141Z AUG 09\nFM NXYZ\nTO NABC\nBT\nUNCLAS\nBT\nNNNN\n");
  CHECK(read.message().features.has(Feature::line_unread));
  CHECK(read.message().routing_line.routing_indicators.empty());
}

TEST_CASE("acp127: a lost DE before a calendar time, and a lost FL3, leave the profile") {
  auto const after = std::string(
      "ZNR UUUUU\nR 020005Z MAR 06\nFM AMEMBASSY KARSTOVA\nTO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n");
  for (std::string const line :
       {"RTBAKV 115B 02/0009Z", "DERTBAKV 115B 02/0009Z", "E RTBAKV 115B 02/0009Z", "RTBAKV 02/0009Z"}) {
    Read read("VZCZCPCB111\nRR RTCAQB\n" + line + "\n" + after);
    CAPTURE(line);
    CHECK(read.message().profile == Profile::acp127);
    CHECK(read.message().origin.routing_indicator == "RTBAKV");
    CHECK(read.message().origin.day_of_month == "02");
    CHECK(read.message().features.has(Feature::calling_station_missing));
    CHECK_FALSE(read.message().features.has(Feature::line_unread));
  }
  Read lost("VZCZCPCB111\nRR RTCAQB\n" + after);
  CHECK(lost.message().profile == Profile::acp127);
  CHECK(lost.message().profile_witness == "RR");
  CHECK(lost.message().features.has(Feature::calling_station_missing));
  Read glued("VZCZCPCB111\nRR RTCAQB\nDE RTBAKV 115B02/0009Z\n" + after);
  CHECK(glued.message().origin.station_serial_number == "115B");
  CHECK(glued.message().origin.filing_time == "02/0009Z");
}

TEST_CASE("janap128: one damaged place leaves the header a header") {
  auto const after = std::string("ZNR UUUUU\nR 170141Z AUG 09\nFM A\nTO B\nBT\nUNCLAS\nBT\n#1004\nNNNN\n");
  for (std::string const header :
       {"RTTU YUW RTBAKVA1004 2290141-UUUU--RTCAQBA.", "RTTUZYUWRTBAKVA1004 2290141-UUUU--RTCAQBA.",
        "R TUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA.", "RTTUZYUW RTBAKVA1004 2290141-UUUU-RTCAQBA.",
        "RTTUZYUW RTBAKVA1004 229O141-UUUU--RTCAQBA.", "TTUZYUW RTBAKVA1004 2290141-UUUU--RTCAQBA."}) {
    for (std::string const first : {"VZCZCABC027\n", "ZCZCABC027\n", ""}) {
      Read read(first + header + "\n" + after);
      auto const& m = read.message();
      CAPTURE(first, header);
      CHECK(m.profile == Profile::janap128);
      CHECK(m.origin.routing_indicator == "RTBAKVA");
      CHECK(m.origin.station_serial_number == "1004");
      CHECK(m.routing_line.classification_redundancy == "UUUU");
      CHECK(m.routing_line.routing_indicators == std::vector<View>{"RTCAQBA"});
      CHECK(m.features.has(Feature::autodin_positions_odd));
      CHECK_FALSE(m.features.has(Feature::calling_station_missing));
    }
  }
}

TEST_CASE("a readdressed message stays two headings, whatever became of the second preamble or FM") {
  struct Case {
    std::string lines;
    Feature odd;
  };
  auto const from = std::string("FM AMEMBASSY KARSTOVA");
  for (auto const& [lines, odd] :
       {Case{"P020005Z FEB 06\n" + from, Feature::date_time_group_odd},
        Case{"P 020005ZFEB 06\n" + from, Feature::date_time_group_odd},
        Case{"020005Z FEB 06\n" + from, Feature::precedence_missing},
        Case{"P 0200Z5 FEB 06\n" + from, Feature::date_time_group_odd}, Case{from, Feature::preamble_missing},
        Case{"P 020005Z FEB 06", Feature::originator_missing},
        Case{"P 020005Z FEB 06\nFN RTBAKV", Feature::originator_prosign_odd},
        Case{"P 020005Z FEB 06\nFMRTBAKV", Feature::originator_prosign_odd},
        Case{"P 020005Z FEB 06\nFMAMEMBASSY KARSTOVA", Feature::originator_prosign_odd}}) {
    Read read(
        "VZCZCPCB111\nRR RTDASL\nDE RTCAQB 033 0500100\nR 050055Z MAR 06\nFM AMEMBASSY QALARABAD\n"
        "TO RTDASL/AMEMBASSY SOLENTO ISLANDS\n" +
        lines +
        "\nTO RTCAQB/AMEMBASSY QALARABAD\nINFO RTCATR/AMEMBASSY TARSIBAD\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n");
    auto const& m = read.message();
    CAPTURE(lines);
    REQUIRE(m.addressees.size() == 1);
    CHECK(m.addressees[0].routing_indicator == "RTDASL");
    CHECK(m.originator.plain_language_address == "AMEMBASSY QALARABAD");
    REQUIRE(m.original.size() == 1);
    CHECK(m.original[0].addressees.size() == 2);
    CHECK(m.features.has(odd));
    CHECK_FALSE(m.features.has(Feature::originator_repeated));
    CHECK_FALSE(m.features.has(Feature::line_unread));
  }
}

}  // namespace torntape::grammar
