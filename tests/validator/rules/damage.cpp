// Damaged lines: one finding for one cause, at the place of the damage.
#include "tests/validator/rules/heading.hpp"

namespace torntape::validator::test {

namespace {

using Ids = std::vector<std::string>;

Ids graver(Heading const& heading) { return Checked{heading.str()}.ids(Severity::warning); }

Ids graver_ids(Checked const& checked) { return checked.ids(Severity::warning); }

std::size_t line_of_finding(std::string_view rule, Heading const& heading) {
  Checked const checked{heading.str()};
  auto const* const finding = checked.of(rule);
  return finding == nullptr ? 0 : finding->span.line;
}

}  // namespace

TEST_CASE("GEN-22: a line that is none, and a second line of a kind that stands once") {
  Heading junk;
  junk.calling += "\nTESTING 1 2 3";
  CHECK(graver(junk) == Ids{"GEN-22"});
  for (auto const* const second : {"DE RTBAKV #0512 2310941", "DE RUEHTA #1399 2290141"}) {
    Heading calling;
    calling.warning += std::string{"\n"} + second;
    CHECK(graver(calling) == Ids{"GEN-22"});
    Heading in_list;
    in_list.addresses += std::string{"\n"} + second;
    CHECK(graver(in_list) == Ids{"GEN-22"});
  }
  Heading routing;
  routing.calling += "\nPP RUEHBI RUEHCI";
  CHECK(graver(routing) == Ids{"GEN-22"});
  Heading preamble;
  preamble.preamble += "\nP 190938Z AUG 09";
  Checked const twice{preamble.str()};
  CHECK(twice.ids(Severity::warning) == Ids{"GEN-22"});
  CHECK(twice.of("FL5-09") == nullptr);
}

TEST_CASE("GEN-22 leaves free matter after FL4 and FL5 alone") {
  Heading heading;
  heading.warning += "\nREF SERVICE MSG 0412";
  heading.preamble += " ZDK\nCCY FOR ADDRESS";
  CHECK(graver(heading).empty());
}

TEST_CASE(
    "GEN-21: an equal FL1 with another FL3 or FL5 is another message, an equal heading is printed again") {
  Heading first;
  first.archive = true;
  Heading second = first;
  second.calling = "DE RTBAKV #0513 2310944";
  CHECK(found_by("GEN-21", first.str() + second.str()) == Severity::warning);
  CHECK(found_by("GEN-17", first.str() + second.str()) == Severity::off);
  second = first;
  second.preamble = "P 190939Z AUG 09";
  CHECK(found_by("GEN-21", first.str() + second.str()) == Severity::warning);
  CHECK(found_by("GEN-21", first.str() + first.str()) == Severity::off);
  CHECK(found_by("GEN-17", first.str() + first.str()) == Severity::info);
}

TEST_CASE("FL7-06: an indicator that begins with a figure, or has lost its R, is none") {
  Heading heading;
  heading.addresses = "TO 1UEHC/SECSTATE WASHDC PRIORITY 1284";
  Checked const checked{heading.str()};
  CHECK(checked.ids(Severity::warning) == Ids{"FL7-06"});
  CHECK(checked.of("FL7-06")->severity == Severity::error);
  CHECK(checked.message->addressees.front().plain_language_address == "SECSTATE WASHDC");
  heading.addresses = "TO UEHC/SECSTATE WASHDC PRIORITY 1284";
  CHECK(found_by("FL7-06", heading.str()) == Severity::error);
}

TEST_CASE("FL7-05: blanks and slants in place of one slant") {
  for (std::string const between : {" /", "//", "/ ", " // ", ")"}) {
    Heading heading;
    heading.addresses = "TO RUEHC" + between + "SECSTATE WASHDC PRIORITY 1284";
    INFO(between);
    Checked const checked{heading.str()};
    CHECK(checked.ids(Severity::warning) == Ids{"FL7-05"});
    CHECK(checked.of("FL7-16") == nullptr);
    Heading good;
    good.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284";
    CHECK(mended_by("FL7-05", heading.str()) == good.str());
  }
  Heading offices;
  offices.addresses = "TO RUEKJCS/JOINT STAFF WASHDC//J3/J5// PRIORITY";
  CHECK(found_by("FL7-05", offices.str()) == Severity::off);
}

TEST_CASE("FL5-04 says which part of the date-time group is wrong") {
  auto const told = [](std::string preamble) {
    Heading heading;
    heading.preamble = std::move(preamble);
    Checked const checked{heading.str()};
    auto const* const finding = checked.of("FL5-04");
    return finding == nullptr ? std::string{} : finding->message;
  };
  CHECK(told("P 19093Z AUG 09") == "`19093Z` is no day and time, expected six digits and the zone: 170141Z");
  CHECK(told("P 190938Z AUG 1850") == "`1850` is no year, expected two digits, or four of 1950-2049");
  CHECK(told("P 190938Z AUG 009") == "`009` is no year, expected two digits, or four of 1950-2049");
  CHECK(told("P 190938Z AUG") == "date-time group has no year, expected the form 170141Z AUG 09");
  CHECK(told("P 190938Z AUG 2009").empty());
  CHECK(told("P 190938Z Aug 09").empty());
}

TEST_CASE("a month in lower case is one finding") {
  Heading heading;
  heading.preamble = "P 190938Z Aug 09";
  Checked const checked{heading.str()};
  CHECK(checked.of("GEN-02") != nullptr);
  CHECK(checked.of("FL5-09") == nullptr);
  CHECK(checked.of("FL5-14") == nullptr);
}

TEST_CASE("a damaged prosign is told of where it stands, and the line is read") {
  Heading from;
  from.originator = "FN AMEMBASSY KARSTOVA";
  CHECK(graver(from) == Ids{"FL6-02"});
  CHECK(line_of_finding("FL6-02", from) == 6);
  from.originator = "FM";
  CHECK(graver(from) == Ids{"FL6-01"});
  CHECK(line_of_finding("FL6-01", from) == 6);
  Heading word;
  word.preamble = "PRIORITY 190938Z AUG 09";
  CHECK(graver(word) == Ids{"FL5-03"});
  CHECK(line_of_finding("FL5-03", word) == 5);
  Heading calling;
  calling.calling = "ED RTBAKV #0512 2310941";
  CHECK(graver(calling) == Ids{"FL3-01"});
  CHECK(line_of_finding("FL3-01", calling) == 3);
  Heading to;
  to.addresses = "T0 RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(graver(to) == Ids{"FL7-01"});
  CHECK(line_of_finding("FL7-01", to) == 7);
}

TEST_CASE("originator and addressees on one line are both read, and parted by the mend") {
  Heading heading;
  auto const good = heading.str();
  heading.originator += " " + heading.addresses;
  heading.addresses.clear();
  auto text = heading.str();
  text.erase(text.find("\n\n"), 1);
  CHECK(found_by("FL7-23", text) == Severity::warning);
  CHECK(Checked{text}.message->addressees.size() == 2);
  CHECK(mended_by("FL7-23", text) == good);
}

TEST_CASE("GEN-15 says what has become of a message") {
  auto const hint = [](std::string text) {
    Checked const checked{std::move(text)};
    CHECK(checked.ids() == Ids{"GEN-15"});
    return checked.found.front().help.value_or("");
  };
  auto const good = Heading{}.str();
  std::string wide = "\xFF\xFE";
  for (auto const c : good) wide += {c, '\0'};
  CHECK(hint(wide).find("UTF-16") != std::string::npos);
  std::string quoted = "> ";
  for (auto const c : good) quoted += c == '\n' ? std::string{"\n> "} : std::string{c};
  CHECK(hint(quoted).find("quoted") != std::string::npos);
  auto returns = good;
  std::ranges::replace(returns, '\n', '\r');
  CHECK(hint(returns).find("CR alone") != std::string::npos);
}

TEST_CASE("a byte order mark is text before the start") {
  Checked const checked{"\xEF\xBB\xBF" + Heading{}.str()};
  CHECK(checked.ids(Severity::warning).empty());
  REQUIRE(checked.of("GEN-14") != nullptr);
  CHECK(checked.of("GEN-14")->message.starts_with("byte order mark"));
}

TEST_CASE("GEN-14 counts the lines that it shows") {
  Checked const checked{"\nFrom the archive\nof the post\n\n" + Heading{}.str()};
  CHECK(checked.of("GEN-14")->message == "2 lines before the start of the message, skipped");
}

TEST_CASE("a preamble whose groups are damaged is one finding, mended where it can be told") {
  struct Case {
    std::string line, message;
    grammar::Safety safety;
  };
  using grammar::Safety;
  for (auto const& [line, message, safety] :
       {Case{"P190938Z AUG 09", "no blank between the precedence and the date-time group", Safety::safe},
        Case{"P 190938ZAUG 09", "no blank before the month", Safety::safe},
        Case{"P 190938Z AUG09", "no blank before the year", Safety::safe},
        Case{"P 19 0938Z AUG 09", "blank inside the day, the time and the zone, expected the form 170141Z",
             Safety::safe},
        Case{"P 190938 Z AUG 09", "blank inside the day, the time and the zone, expected the form 170141Z",
             Safety::safe},
        Case{"P 190938 AUG 09", "zone is missing after the time, expected Z", Safety::unsafe},
        Case{"P 19O938Z AUG 09", "letter `O` in place of a figure", Safety::unsafe},
        Case{"P I90938Z AUG 09", "letter `I` in place of a figure", Safety::unsafe},
        Case{"PP190938Z AUG 09", "`PP` is glued to the day, expected one letter and a blank", Safety::unsafe},
        Case{"190938Z P AUG 09", "precedence `P` stands after the time, expected before the day",
             Safety::unsafe}}) {
    Heading heading;
    heading.preamble = line;
    Checked const checked{heading.str()};
    INFO(line);
    CHECK(checked.ids(Severity::warning) == Ids{"FL5-04"});
    auto const* const finding = checked.of("FL5-04");
    REQUIRE(finding != nullptr);
    CHECK(finding->message == message);
    CHECK(finding->span.line == 5);
    REQUIRE(finding->fix);
    CHECK(finding->fix->safety == safety);
    CHECK(mended_by("FL5-04", heading.str()) == Heading{}.str());
  }
}

TEST_CASE("figures that are too many or too few are never made up") {
  for (auto const* const line : {"P 1909381Z AUG 09", "P 19093Z AUG 09", "P 190938Z AUG 009"}) {
    Heading heading;
    heading.preamble = line;
    INFO(line);
    CHECK(mended_by("FL5-04", heading.str()).empty());
  }
}

TEST_CASE("FL3-01: DE lost, glued, broken or on the routing line, each mended") {
  Heading const good;
  for (auto const* const line : {"RTBAKV #0512 2310941", "DERTBAKV #0512 2310941", "DEXRTBAKV #0512 2310941",
                                 "D ERTBAKV #0512 2310941", "DER TBAKV #0512 2310941"}) {
    auto text = good.str();
    text.replace(text.find(good.calling), good.calling.size(), line);
    INFO(line);
    CHECK(Checked{text}.ids(Severity::warning) == Ids{"FL3-01"});
    CHECK(mended_by("FL3-01", text) == good.str());
  }
  auto joined = good.str();
  joined[joined.find("\nDE ")] = ' ';
  CHECK(Checked{joined}.ids(Severity::warning) == Ids{"FL3-01"});
  CHECK(mended_by("FL3-01", joined) == good.str());
}

TEST_CASE("FL3: a blank inside the indicator, the serial or the time is one finding") {
  auto const calling = [](std::string const& line) {
    auto text = Heading{}.str();
    auto const good = Heading{}.calling;
    text.replace(text.find(good), good.size(), line);
    return Checked{text}.ids(Severity::warning);
  };
  CHECK(calling("DE RTB KV #0512 2310941") == Ids{"FL3-02"});
  CHECK(calling("DE RTBAK V#0512 2310941") == Ids{"FL3-02"});
  CHECK(calling("DE RTBAKV #05 2 2310941") == Ids{"FL3-03"});
  CHECK(calling("DE RTBAKV #0512 231 941") == Ids{"FL3-05"});
  CHECK(calling("DE RTBAKV #05122310941") == Ids{"FL3-05"});
}

TEST_CASE("FL4-05: a damaged signal of the warning is told from its class, FL4-03 sets a moved blank right") {
  for (auto const* const line : {"ZYN CCCCC ZZH", "NY CCCCC ZZH", "ZNNY CCCCC ZZH"}) {
    Heading heading;
    heading.warning = line;
    INFO(line);
    CHECK(graver(heading) == Ids{"FL4-05"});
    CHECK(mended_by("FL4-05", heading.str()) == Heading{}.str());
  }
  for (auto const* const line : {"ZNYC CCCC ZZH", "ZNYXCCCCC ZZH", "ZNYCCCCC ZZH"}) {
    Heading heading;
    heading.warning = line;
    INFO(line);
    CHECK(graver(heading) == Ids{"FL4-03"});
    CHECK(mended_by("FL4-03", heading.str()) == Heading{}.str());
  }
}

TEST_CASE("FL1: a broken string and a letter among its figures are one finding") {
  auto const first = [](std::string line) {
    Heading heading;
    heading.first = std::move(line);
    return graver(heading);
  };
  CHECK(first("VZCZCX O0417") == Ids{"FL1-03"});
  CHECK(first("VZCZCXRO 0417") == Ids{"FL1-03"});
  CHECK(first("VZCZCXRO041O") == Ids{"FL1-05"});
  CHECK(first("VZCZCXRO04 17") == Ids{"FL1-05"});
  Heading routing;
  routing.first += ' ' + routing.routing;
  auto text = routing.str();
  text.erase(text.find("\nPP "), routing.routing.size() + 1);
  CHECK(Checked{text}.ids(Severity::warning) == Ids{"FL1-07"});
}

TEST_CASE("FL2-01: a precedence glued to its indicators") {
  Heading heading;
  heading.routing = "PPRUEHBI RUEHCI";
  CHECK(graver(heading) == Ids{"FL2-01"});
  CHECK(mended_by("FL2-01", heading.str()) == Heading{}.str());
}

TEST_CASE("a damaged second heading of a readdressed message is told of where it stands") {
  auto const with = [](std::string const& lines) {
    return "VZCZCXRO093\nRR RTDASL\nDE RTCAQB 033 20/0100Z\nZNR UUUUU\nR 200055Z AUG 2009\n"
           "FM AMEMBASSY QALARABAD\nTO RTDASL/AMEMBASSY SOLENTO ISLANDS\n" +
           lines + "\nTO RTCAQB/AMEMBASSY QALARABAD\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n";
  };
  auto const good = with("P 190938Z AUG 2009\nFM AMEMBASSY KARSTOVA");
  CHECK(Checked{good}.ids(Severity::warning).empty());
  auto const glued = with("P190938Z AUG 2009\nFM AMEMBASSY KARSTOVA");
  CHECK(Checked{glued}.ids(Severity::warning) == Ids{"FL5-04"});
  CHECK(mended_by("FL5-04", glued) == good);
  for (auto const* const from : {"FN AMEMBASSY KARSTOVA", "FMAMEMBASSY KARSTOVA"}) {
    auto const damaged = with(std::string{"P 190938Z AUG 2009\n"} + from);
    INFO(from);
    CHECK(Checked{damaged}.ids(Severity::warning) == Ids{"FL6-02"});
    CHECK(mended_by("FL6-02", damaged) == good);
  }
  CHECK(Checked{with("FM AMEMBASSY KARSTOVA")}.ids(Severity::warning) == Ids{"GEN-12"});
  CHECK(Checked{with("P 190938Z AUG 2009")}.ids(Severity::warning) == Ids{"FL6-01"});
}

TEST_CASE("FL11-02: a separator that is a letter away from BT is one, before the text and behind it") {
  auto const good = Heading{}.str();
  for (auto const* const damaged : {"B", "T", "TB", "BTT", "BR", "DBT", "8T"}) {
    INFO(damaged);
    for (bool const behind : {false, true}) {
      auto text = good;
      auto const at = behind ? text.rfind("\nBT\n") : text.find("\nBT\n");
      text.replace(at + 1, 2, damaged);
      CHECK(Checked{text}.ids(Severity::warning) == Ids{"FL11-02"});
      CHECK(mended_by("FL11-02", text) == good);
    }
  }
}

TEST_CASE("FL11-02: the text on the line of the separator") {
  auto const good = Heading{}.str();
  for (auto const* const between : {" ", ""}) {
    auto text = good;
    text.replace(text.find("\nBT\n") + 3, 1, between);
    CHECK(Checked{text}.ids(Severity::warning) == Ids{"FL11-02"});
    CHECK(mended_by("FL11-02", text) == good);
  }
}

TEST_CASE("FL7-20: a stray letter of BT that does not stand before the text is none") {
  Heading heading;
  heading.addresses += "\nB\nRUEHUL/AMEMBASSY SEOUL PRIORITY 0866";
  CHECK(graver(heading) == Ids{"FL7-20"});
}

namespace {

std::string codress(std::string const& lines) {
  return "VZCZCXRO115     HH\nPP RTBAOS RTCAQB\nDE RTBAKV 120 02/0012Z\nZNY TTTTT\nP 020010Z MAR 88\n" +
         lines + "NNNN\n";
}

}  // namespace

TEST_CASE("FL11-01: the separator lost before a cipher, and one alone without a text") {
  auto const good = codress("GR 5\nBT\nABCDE FGHIJ KLMNO PQRST UVWXY\nBT\n");
  CHECK(Checked{good}.ids(Severity::warning).empty());
  auto const lost = codress("GR 5\nABCDE FGHIJ KLMNO PQRST UVWXY\nBT\n");
  CHECK(Checked{lost}.ids(Severity::warning) == Ids{"FL11-01"});
  CHECK(mended_by("FL11-01", lost) == good);
  auto const uncounted = codress("ABCDE FGHIJ KLMNO PQRST UVWXY\nBT\n");
  CHECK(found_by("FL11-01", uncounted) == Severity::error);
  CHECK(found_by("FL5-09", uncounted) == Severity::off);
  auto const empty = codress("GR 5\nBT\n");
  CHECK(found_by("FL11-01", empty) == Severity::error);
  CHECK(mended_by("FL11-01", empty).empty());
}

TEST_CASE("FL11-01: a cancelled transmission is told of, and nothing makes it look complete") {
  auto const good = Heading{}.str();
  for (auto const* const line : {"E E E E E E E E AR", "ZXB ZXB ZXB", "ZPH"}) {
    INFO(line);
    auto const cancelled = std::string{line} + "\nNNNN\n";
    for (auto const* const before : {"SUBJECT: THE HARBOR", "INFO RTBAOS/AMEM"}) {
      auto const text = good.substr(0, good.find(before)) + before + '\n' + cancelled;
      Checked const checked{text};
      CHECK(checked.ids(Severity::warning) == Ids{"FL11-01"});
      REQUIRE(checked.of("FL11-01") != nullptr);
      CHECK(checked.of("FL11-01")->message.starts_with("transmission is cancelled here"));
      CHECK(checked.of("FL12-13") == nullptr);
      for (auto const& each : checked.found) CHECK(!each.fix);
    }
  }
}

TEST_CASE("FL7-18: a mend only where the month stands before the number") {
  Heading heading;
  heading.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY LA PAZ AUG 0412";
  CHECK(mended_by("FL7-18", heading.str()).find("LA PAZ PRIORITY 0412") != std::string::npos);
  for (auto const* const rest : {"AUG LIMA 0412", "AUG TOKYO PRIORITY 1907", "AUG"}) {
    heading.addresses =
        std::string{"TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RTBAOS/AMEMBASSY LA PAZ "} + rest;
    INFO(rest);
    CHECK(found_by("FL7-18", heading.str()) == Severity::error);
    CHECK(mended_by("FL7-18", heading.str()).empty());
  }
}

TEST_CASE("FL7-01: a blank inside TO leaves the indicator whole") {
  for (auto const* const prosign : {"T O ", "T O"}) {
    Heading heading;
    heading.addresses = std::string{prosign} + "RUEHC/SECSTATE WASHDC PRIORITY 1284";
    CHECK(graver(heading) == Ids{"FL7-01"});
    Heading good;
    good.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284";
    if (std::string_view{prosign} == "T O ") CHECK(mended_by("FL7-01", heading.str()) == good.str());
  }
}

namespace {

std::string base(std::string const& calling, std::string const& after) {
  return "VZCZCXRO115     HH\nPP RTBAOS RTCAQB\n" + calling + '\n' + after + "NNNN\n";
}

}  // namespace

TEST_CASE("an AIG that lacks its blank is one finding, and the group is known") {
  auto const with = [](std::string const& group, std::string const& called) {
    return "VZCZCXRO115     HH\nPP " + called + "\nDE RTBAMN 120 02/0012Z\nZNY SSSSS\nP 020010Z MAR 88\nTO " +
           group + "\nBT\nS E C R E T\nTEXT\nBT\nNNNN\n";
  };
  grammar::Settings origin;
  origin.copy_kind = CopyKind::origin;
  auto const called = "RTEAJX RTFAAB RTFACF";
  CHECK(Checked{with("AIG 9901", called), origin}.ids(Severity::warning).empty());
  Checked const glued{with("AIG9901", called), origin};
  CHECK(glued.ids() == Ids{"FL7-29"});
  CHECK(mended_by("FL7-29", with("AIG9901", called)) == with("AIG 9901", called));
  CHECK(Checked{with("AIG 9901", "RTEAJX"), origin}.ids(Severity::warning) == Ids{"FL2-12", "FL2-12"});
  auto other = with("AIG 9901", called);
  other.replace(other.find("RTBAMN"), 6, "RTBAKV");
  CHECK(found_by("FL6-01", other) == Severity::error);
}

TEST_CASE("tests and channel checks have no time of file") {
  for (auto const* const text :
       {"TEST THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG 1234567890\nRYRYRYRY\nINT ZBZ K\n",
        "CHANNEL CHECK RYRYRYRY ABCDEFGHIJKLMNOPQRSTUVWXYZ 1234567890\n", "ZBZ5 K\n"}) {
    INFO(text);
    CHECK(Checked{base("DE RTBAKV", text)}.ids(Severity::warning).empty());
  }
  CHECK(found_by("FL3-09", base("DE RTBAKV", "ZID EUC066\n")) == Severity::error);
}

TEST_CASE("abbreviated plaindress: a group count below FL4, and FL5 without an address") {
  auto const calling = "DE RTBAKV 120 02/0012Z\nZNY SSSSS";
  CHECK(Checked{base(calling, "GR 5\nBT\nABCDE FGHIJ KLMNO PQRST UVWXY\nBT\n")}.ids().empty());
  Checked const plain{base(calling, "P 020010Z MAR 88\nBT\nS E C R E T\nTEXT\nBT\n")};
  CHECK(plain.ids().empty());
  CHECK(plain.message->form == grammar::MessageForm::abbreviated_plaindress);
  Checked const called{"VZCZC027 UU\nNABC DE NXYZ NR 124\nBT\nUNCLAS\nTEXT\nBT\nNNNN\n"};
  CHECK(called.ids(Severity::warning).empty());
  CHECK(called.message->form == grammar::MessageForm::abbreviated_plaindress);
}

TEST_CASE("FL4: ZOT names stations, T may name none") {
  auto const with = [](std::string const& line) {
    return base("DE RTBAKV 126 02/0009Z\nZNY SSSSS\n" + line,
                "O R 020005Z MAR 88\nFM AMEMBASSY KARSTOVA\nTO RTBAOS/AMEMBASSY OSTREVA\nINFO "
                "RTCAQB/AMEMBASSY QALARABAD\n"
                "BT\nS E C R E T\nTEXT\nBT\n");
  };
  for (auto const* const line : {"ZOT RTCAQB", "ZOT RTCAQB XYAG", "RTCAQB T"}) {
    INFO(line);
    CHECK(found_by("FL4-11", with(line)) == Severity::off);
    CHECK(found_by("FL4-14", with(line)) == Severity::off);
  }
  CHECK(found_by("FL4-11", with("ZOT AS AGREED BY SERVICE")) == Severity::info);
}

TEST_CASE("FL7-20: one address broken over lines is one finding, and its pieces are joined") {
  Heading good;
  good.addresses =
      "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\nINFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866\n"
      "RUEHKO/AMEMBASSY TOKYO PRIORITY 1907";
  CHECK(graver(good).empty());
  for (auto const* const broken :
       {"RUEHUL/AMEMBASSY SEOUL\nPRIORITY 0866", "RUEHUL/\nAMEMBASSY SEOUL\nPRIORITY 0866",
        "RUEHUL/\nAMEMBASSY SEOUL PRIORITY 0866"}) {
    auto heading = good;
    heading.addresses.replace(heading.addresses.find("RUEHUL"), 36, broken);
    INFO(heading.addresses);
    CHECK(graver(heading) == Ids{"FL7-20"});
    CHECK(mended_by("FL7-20", heading.str()) == good.str());
  }
}

TEST_CASE("FL7-23: INFO glued to the name before it") {
  Heading glued;
  glued.addresses = "TO RUEHC/SECSTATE WASHDCINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  Heading good;
  good.addresses = "TO RUEHC/SECSTATE WASHDC\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(graver(glued) == Ids{"FL7-23"});
  CHECK(mended_by("FL7-23", glued.str()) == good.str());
}

TEST_CASE("FL6-01: a name that stands where FM and it were due") {
  Heading lost;
  lost.originator = "AMEMBASSY KARSTOVA";
  CHECK(graver(lost) == Ids{"FL6-01"});
  CHECK(mended_by("FL6-01", lost.str()) == Heading{}.str());
}

TEST_CASE("FL5-04: both letters of a dual precedence behind the time") {
  Heading heading;
  heading.preamble = "190938Z P R AUG 09";
  CHECK(graver(heading) == Ids{"FL5-04"});
  Heading good;
  good.preamble = "P R 190938Z AUG 09";
  CHECK(mended_by("FL5-04", heading.str()) == good.str());
}

TEST_CASE("FL3: a serial before a good time of file, and a blank behind its mark") {
  Heading heading;
  heading.calling = "DE RTBAKV # 0512 2310941";
  CHECK(found_by("FL3-03", heading.str()) == Severity::error);
  auto const calling = [](std::string const& line) {
    return Checked{base(line,
                        "ZNY SSSSS\nP 020010Z MAR 88\nFM AMEMBASSY KARSTOVA\nTO RTBAOS/AMEMBASSY OSTREVA\n"
                        "RTCAQB/AMEMBASSY QALARABAD\nBT\nS E C R E T\nTEXT\nBT\n")}
        .ids(Severity::warning);
  };
  CHECK(calling("DE RTBAKV 116B 02/0012Z").empty());
  CHECK(calling("DE RTBAKV 1I6B 02/0012Z") == Ids{"FL3-03"});
}

TEST_CASE("FL1: a damaged identification keeps the security prosign behind it") {
  auto const first = [](std::string const& line) {
    auto text = base("DE RTBAKV 116 02/0012Z",
                     "ZNY SSSSS\nP 020010Z MAR 88\nFM AMEMBASSY KARSTOVA\n"
                     "TO RTBAOS/AMEMBASSY OSTREVA\nRTCAQB/AMEMBASSY QALARABAD\nBT\n"
                     "S E C R E T\nTEXT\nBT\n");
    return Checked{text.replace(0, text.find('\n'), line)}.ids(Severity::warning);
  };
  CHECK(first("VZCZCXRO115     HH").empty());
  CHECK(first("VZCZCXRO12     HH") == Ids{"FL1-05"});
  CHECK(first("VZCZC XRO115     HH") == Ids{"FL1-01"});
  CHECK(first("VZCZCXRO 115     HH") == Ids{"FL1-03"});
}

TEST_CASE("FL10-01: GR that has lost a letter, before the separator") {
  for (auto const* const line : {"R 5", "RG 5", "NAVY R 5"}) {
    INFO(line);
    auto const text = codress(std::string{line} + "\nBT\nABCDE FGHIJ KLMNO PQRST UVWXY\nBT\n");
    CHECK(Checked{text}.ids(Severity::warning) == Ids{"FL10-01"});
  }
}

TEST_CASE("FL12-06: a letter among the figures of the reference number") {
  Heading heading;
  heading.text = "C O N F I D E N T I A L KARSTOVA OO0512\n\nSUBJECT: THE HARBOR CLOCK";
  CHECK(graver(heading) == Ids{"FL12-06"});
  heading.text = "C O N F I D E N T I A L TARSIBAD OO0512\n\nSUBJECT: THE HARBOR CLOCK";
  CHECK(found_by("X-10", heading.str()) != Severity::off);
}

TEST_CASE("FL7-10: NIACT without IMMEDIATE, FL7-11: a mark in the number") {
  Heading heading;
  heading.addresses = "TO RUEHC/SECSTATE WASHDC NIACT 1284";
  CHECK(found_by("FL7-10", heading.str()) == Severity::warning);
  heading.addresses = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284.";
  Checked const marked{heading.str()};
  REQUIRE(marked.of("FL7-11") != nullptr);
  CHECK(marked.of("FL7-11")->message == "mark in the continuity number `1284.`, expected four digits");
  CHECK(marked.of("FL7-13") == nullptr);
}

TEST_CASE("FL2-21 names the position that does not fit") {
  auto const told = [](std::string const& header) {
    Checked const checked{
        "VZCZCABC033\n" + header +
        "\nZNY SSSSS\nP 020005Z MAR 88\nFM AMEMBASSY KARSTOVA\nTO RTCAQBA/AMEMBASSY QALARABAD\n"
        "BT\nS E C R E T\nTEXT\nBT\n#1005\nNNNN\n"};
    auto const* const finding = checked.of("FL2-21");
    return finding == nullptr ? std::string{} : finding->message;
  };
  CHECK(told("PTTSZYUW RTBAKVA1005 0620009-SSSS--RTCAQBA RTCATRM.").empty());
  CHECK(told("PTTSZYUW RTBAKVA1O05 0620009-SSSS--RTCAQBA RTCATRM.") ==
        "position 18 of the header is `O`, expected a figure");
  CHECK(told("PTTSZYUW RTBAKVA1005 062O009-SSSS--RTCAQBA RTCATRM.") ==
        "position 25 of the header is `O`, expected a figure");
  CHECK(told("PTTSZYUW RTBAKVA105 0620009-SSSS--RTCAQBA RTCATRM.") ==
        "position 20 of the header is ` `, expected a figure");
}

TEST_CASE(
    "GEN-19: a distribution between the address and the text is one finding, and nobody is addressed by it") {
  Heading heading;
  heading.addresses +=
      "\nACTION SCA-00\n\nINFO  LOG-00   EEB-00   AF-00\n      DODE-00    /038W\n"
      "                 ------------------089ACD  170233Z /38";
  Checked const checked{heading.str()};
  CHECK(checked.message->addressees.size() == 2);
  auto ids = checked.ids();
  std::erase(ids, "FL2-14");
  CHECK(ids == Ids{"GEN-19"});
  heading.addresses += "\nRUEHUL/AMEMBASSY SEOUL";
  CHECK(Checked{heading.str()}.message->addressees.size() == 3);
}

TEST_CASE("GEN-02: a line in lower case is one finding, and read when that is mended") {
  Heading heading;
  heading.originator = "fm amembassy karstova";
  CHECK(found_by("GEN-22", heading.str()) == Severity::off);
  CHECK(mended_by("GEN-02", heading.str()) == Heading{}.str());
}

TEST_CASE("FL4-03: a signal glued to the security group") {
  Heading heading;
  heading.warning = "ZNY CCCCCZZH";
  Checked const checked{heading.str()};
  auto ids = checked.ids();
  std::erase(ids, "FL2-14");
  CHECK(ids == Ids{"FL4-03"});
  CHECK(mended_by("FL4-03", heading.str()) == Heading{}.str());
}

TEST_CASE("FL3-10: an indicator that nobody has, one letter from the originator's") {
  Heading heading;
  heading.calling = "DE RTBKAV #0512 2310941";
  CHECK(graver(heading) == Ids{"FL3-10"});
  CHECK(mended_by("FL3-10", heading.str()) == Heading{}.str());
  heading.calling = "DE RTBAKVA #0512 2310941";
  CHECK(found_by("FL3-10", heading.str()) == Severity::off);
}

TEST_CASE(
    "GEN-02: a message in small letters throughout is one finding, and its heading is written in capitals") {
  auto small = Heading{}.str();
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  Checked const checked{small};
  CHECK(graver_ids(checked) == Ids{"GEN-02"});
  auto const heading = mended_by("GEN-02", small);
  CHECK(heading.starts_with(Heading{}.str().substr(0, Heading{}.str().find("\n\n"))));
  CHECK(heading.find("subject: the harbor clock") != std::string::npos);
}

TEST_CASE("FL4-03: a blank among the letters of the class") {
  Heading heading;
  heading.warning = "ZNY CC CCC ZZH";
  CHECK(graver(heading) == Ids{"FL4-03"});
  CHECK(mended_by("FL4-03", heading.str()) == Heading{}.str());
}

TEST_CASE("FL7-12: a number glued to the precedence behind it") {
  Heading heading;
  heading.addresses = "TO RUEHC/SECSTATE WASHDC 1284PRIORITY\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(graver(heading) == Ids{"FL7-12"});
  CHECK(mended_by("FL7-12", heading.str()) == Heading{}.str());
}

TEST_CASE("FL7-08: a precedence that stands twice is taken out, of two nobody knows which was meant") {
  Heading heading;
  heading.addresses =
      "TO RUEHC/SECSTATE WASHDC PRIORITY PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(graver(heading) == Ids{"FL7-08"});
  CHECK(mended_by("FL7-08", heading.str()) == Heading{}.str());
  heading.addresses =
      "TO RUEHC/SECSTATE WASHDC FLASH PRIORITY 1284\nINFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311";
  CHECK(graver(heading) == Ids{"FL7-08"});
  CHECK(mended_by("FL7-08", heading.str()).empty());
}

TEST_CASE("GEN-21: FL2 and FL3 in the text without an FL1 above them") {
  Heading heading;
  heading.text += "\nPP RUEHBI\nDE RTBAKV #0513 2310951";
  CHECK(graver(heading) == Ids{"GEN-21"});
}

TEST_CASE("GEN-18: a run of ten is found wherever it begins, once, and no run of dashes below the address") {
  for (std::size_t at = 0; at != 12; ++at) {
    Heading heading;
    heading.warning.append("\n").append(at, 'A').append(" ").append(10, 'X').append("B").append(11, 'Y');
    Checked const checked{heading.str()};
    CHECK(std::ranges::count(checked.ids(), "GEN-18") == (at >= 10 ? 3 : 2));
  }
  Heading nine;
  nine.warning.append("\nA ").append(9, 'X');
  CHECK(found_by("GEN-18", nine.str()) == Severity::off);
}

TEST_CASE("FL7-01: of a readdressed message, TO is missed where it is lost") {
  Heading heading;
  heading.addresses =
      "TO RTCAQB/AMEMBASSY QALARABAD\nP 190938Z AUG 2009\nFM AMEMBASSY KARSTOVA\n"
      "RUEHC/SECSTATE WASHDC PRIORITY 1284";
  auto good = heading;
  good.addresses.insert(good.addresses.find("RUEHC/SECSTATE"), "TO ");
  CHECK(mended_by("FL7-01", heading.str()) == good.str());
}

TEST_CASE("GEN-02: a line in small letters is read as the line it is, and is the only fault") {
  Heading const whole;
  auto const text = whole.str();
  std::size_t lines = 0;
  for (std::size_t begin = 0; text.compare(begin, 2, "\n\n") != 0 && text[begin] != '\n'; ++lines) {
    auto const end = text.find('\n', begin);
    auto damaged = text;
    for (auto at = begin; at != end; ++at)
      if (damaged[at] >= 'A' && damaged[at] <= 'Z') damaged[at] = static_cast<char>(damaged[at] - 'A' + 'a');
    INFO(damaged);
    Checked const checked{damaged};
    CHECK(graver_ids(checked) == Ids{"GEN-02"});
    CHECK(mended_by("GEN-02", damaged) == text);
    begin = end + 1;
  }
  CHECK(lines == 10);
}

TEST_CASE("FL7-08: a precedence glued to the name is parted from it") {
  Heading heading;
  heading.addresses += "\nRUEHBJ/AMEMBASSY BEIJING PRIORITY 0180";
  auto const good = heading.str();
  auto bad = good;
  bad.erase(bad.find(" PRIORITY 0180"), 1);
  CHECK(graver_ids(Checked{bad}) == Ids{"FL7-08"});
  CHECK(mended_by("FL7-08", bad) == good);
}

TEST_CASE("FL7-20: an address in three pieces is joined") {
  Heading heading;
  heading.addresses += "\nRUEHUL/AMEMBASSY SEOUL 0866";
  auto const good = heading.str();
  auto bad = good;
  bad.replace(bad.find("RUEHUL/AMEMBASSY SEOUL 0866"), 27, "RUEHUL/\nAMEMBASSY SEOUL\n0866");
  CHECK(graver_ids(Checked{bad}) == Ids{"FL7-20"});
  CHECK(mended_by("FL7-20", bad) == good);
}

TEST_CASE("FL15-03: the serial without its mark is given it") {
  auto const good = Heading{}.str();
  auto bad = good;
  bad.erase(bad.rfind('#'), 1);
  CHECK(graver_ids(Checked{bad}) == Ids{"FL15-03"});
  CHECK(mended_by("FL15-03", bad) == good);
}

TEST_CASE("FL2-05: the line that a repeated indicator makes too long is no fault of its own") {
  Heading heading;
  heading.routing = "PP RUEHBI RUEHBI RUEHCI RUEHDBU RUEHFL RUEHKW RUEHLA RUEHLH RUEHNEH RUEHNP";
  CHECK(graver(heading) == Ids{"FL2-05"});
}

TEST_CASE("one fault, one finding, and the line as it was") {
  Heading heading;
  heading.first = "VZCZCABC201";
  heading.warning = "ZNR UUUUU";
  heading.preamble = "R 190938Z AUG 2009";
  heading.routing = "RR RTCAQB";
  heading.addresses = "TO SECSTATE WASHDC\nINFO AMEMBASSY OSTREVA";
  heading.text = "UNCLAS\nTHE HARBOR CLOCK";
  auto const good = heading.str();
  struct Case {
    std::string rule, from, to;
  };
  for (auto const& [rule, from, to] :
       {Case{"FL3-02", "RTBAKV #0512", "RTBAKV#0512"}, Case{"FL4-05", "ZNR UUUUU", "ZNR CCCCC"},
        Case{"FL4-05", "ZNR UUUUU", "ZNY UUUUU"}, Case{"FL7-03", "TO SEC", "TOSEC"},
        Case{"FL7-03", "INFO AMEM", "INFOAMEM"}, Case{"FL12-03", "UNCLAS\n", "NCLAS\n"},
        Case{"FL12-03", "UNCLAS\n", "UNCLASS\n"}}) {
    auto bad = good;
    bad.replace(bad.find(from), from.size(), to);
    INFO(bad);
    auto ids = graver_ids(Checked{bad});
    std::erase(ids, "FL7-07");  // the names have no indicators
    CHECK(ids == Ids{rule});
    CHECK(mended_by(rule, bad) == good);
  }
}

TEST_CASE("FL2-10: lines are not filled with what is no indicator") {
  auto const fix = [](std::string const& routing) {
    Heading heading;
    heading.routing = routing;
    Checked const checked{heading.str()};
    auto const* const finding = checked.of("FL2-10");
    REQUIRE(finding != nullptr);
    return finding->fix.has_value();
  };
  CHECK(fix("PP RUEHBI\nRUEHCI"));
  CHECK_FALSE(fix("PP RUEHBI RU3HDBU\nRUEHCI"));
}

TEST_CASE("FL6-02: a letter of the name that stands at FM goes back to it") {
  Heading heading;
  auto const good = heading.str();
  heading.originator = "FMA MEMBASSY KARSTOVA";
  CHECK(mended_by("FL6-02", heading.str()) == good);
  heading.originator = "FMX AMEMBASSY KARSTOVA";
  CHECK(mended_by("FL6-02", heading.str()) == good);
}

// What the rule would do to this without being asked twice.
static bool is_safe(std::string_view rule, std::string const& text, grammar::Settings settings = {}) {
  Checked const checked{text, settings, {}, nullptr};
  auto const* const finding = checked.of(rule);
  return finding != nullptr && finding->fix && finding->fix->safety == grammar::Safety::safe;
}

TEST_CASE("a mend that could carry damage away is not made without being asked for") {
  std::string const head = "VZCZCXRO0512\n",
                    tail =
                        "\nDE RTBAKV #0512 2310941\nZNR UUUUU ZZH\n"
                        "P 190938Z AUG 09\nFM AMEMBASSY KARSTOVA\n"
                        "TO RUEHC/SECSTATE WASHDC PRIORITY\nBT\nUNCLAS\nBT\n#0512\nNNNN\n";
  CHECK(is_safe("FL2-07", head + "PP RUEHCI RUEHBI" + tail));
  CHECK_FALSE(is_safe("FL2-07", head + "PP RUEHBI RUHEDBU RUEHFL" + tail));
  auto torn = head + "PP RUEHC" + tail;
  torn.replace(torn.find("BT\nUNCLAS"), 2, "EBT");
  CHECK_FALSE(is_safe("FL11-02", torn));
  auto turned = head + "PP RUEHC" + tail;
  turned.replace(turned.find("#0512"), 5, "0#512");
  CHECK(mended_by("FL3-04", turned).empty());
}

}  // namespace torntape::validator::test
