#include "grammar/tokens.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "grammar/glossary.hpp"
#include "grammar/parser.hpp"

namespace {

using torntape::grammar::FormatLine;
using torntape::grammar::Message;
using torntape::grammar::Parser;
using torntape::grammar::Token;
using torntape::grammar::tokens;
using torntape::grammar::View;

std::string seed() {
  std::ifstream file{TORNTAPE_FIXTURES "/seed/09ASTANA1399.txt", std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<std::string> names(std::vector<Token> const& all, FormatLine line) {
  std::vector<std::string> found;
  for (auto const& token : all)
    if (token.format_line == line) found.emplace_back(token.name);
  return found;
}

std::string meaning(std::vector<Token> const& all, View text) {
  for (auto const& token : all)
    if (token.text == text) return token.meaning;
  return "no such token";
}

Token const& token(std::vector<Token> const& all, View name) {
  auto const at = std::find_if(all.begin(), all.end(), [&](Token const& one) { return one.name == name; });
  REQUIRE(at != all.end());
  return *at;
}

// How many tokens hold each byte of the source.
std::vector<int> holders(Message const& message, std::vector<Token> const& all) {
  std::vector<int> count(message.source.size());
  for (auto const& one : all) {
    auto const from = one.text.data() - message.source.data();
    REQUIRE(from >= 0);
    for (std::size_t i = 0; i != one.text.size(); ++i) ++count.at(static_cast<std::size_t>(from) + i);
  }
  return count;
}

void require_every_byte_held_once(Message const& message) {
  auto const all = tokens(message);
  auto const count = holders(message, all);
  for (std::size_t i = 0; i != count.size(); ++i) {
    auto const blank = View{" \t\r\n\v\f"}.find(message.source[i]) != View::npos;
    INFO("byte " << i << " '" << message.source[i] << "'");
    REQUIRE(count[i] <= 1);
    REQUIRE((blank || count[i] == 1));
  }
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("tokens of the seed stand in order of place and do not overlap") {
  auto const text = seed();
  Parser parser;
  auto const all = tokens(parser.parse(text));
  REQUIRE(all.size() > 100);
  for (std::size_t i = 1; i != all.size(); ++i)
    REQUIRE(all[i - 1].text.data() + all[i - 1].text.size() <= all[i].text.data());
}

TEST_CASE("every byte of the seed but blanks is in exactly one token") {
  auto const text = seed();
  Parser parser;
  require_every_byte_held_once(parser.parse(text));
}

TEST_CASE("every token of the seed has a name, a meaning and a citation") {
  auto const text = seed();
  Parser parser;
  for (auto const& one : tokens(parser.parse(text))) {
    INFO(one.text);
    CHECK_FALSE(one.name.empty());
    CHECK_FALSE(one.meaning.empty());
    CHECK_FALSE(one.citation.empty());
    CHECK(one.name != "unread");
  }
}

TEST_CASE("the tokens of each format line of the seed have the names of the field") {
  auto const text = seed();
  Parser parser;
  auto const all = tokens(parser.parse(text));
  CHECK(names(all, FormatLine::none) == Names{"text-before-start"});
  CHECK(names(all, FormatLine::fl1) ==
        Names{"start-of-transmission", "start-of-message", "channel-designator", "channel-sequence-number"});
  auto fl2 = Names{"precedence-prosign"};
  fl2.insert(fl2.end(), 13, "routing-indicator");
  CHECK(names(all, FormatLine::fl2) == fl2);
  CHECK(names(all, FormatLine::fl3) == Names{"prosign-de", "calling-station", "serial-mark",
                                             "station-serial-number", "slant", "section", "day-of-year",
                                             "time-of-file"});
  CHECK(names(all, FormatLine::fl4) == Names{"security-warning", "security-designator", "operating-signal"});
  CHECK(names(all, FormatLine::fl5) == Names{"precedence", "date-time-group"});
  CHECK(names(all, FormatLine::fl6) == Names{"prosign-fm", "originator"});
  CHECK(names(all, FormatLine::fl7) == Names{"prosign-to", "routing-indicator", "slant",
                                             "plain-language-address", "precedence-word",
                                             "message-continuity-number"});
  auto const fl8 = names(all, FormatLine::fl8);
  CHECK(fl8.front() == "prosign-info");
  CHECK(std::count(fl8.begin(), fl8.end(), "plain-language-address") == 13);
  CHECK(std::count(fl8.begin(), fl8.end(), "message-continuity-number") == 7);
  auto const fl12 = names(all, FormatLine::fl12);
  REQUIRE(fl12.size() > 7);
  CHECK(Names{fl12.begin(), fl12.begin() + 7} == Names{"classification", "section-label", "section",
                                                       "section-label", "sections", "station",
                                                       "message-reference-number"});
}

TEST_CASE("meanings tell of the very value") {
  auto const text = seed();
  Parser parser;
  auto const all = tokens(parser.parse(text));
  CHECK(meaning(all, "XRO") == "XR for the circuit, O for its outgoing direction");
  CHECK(meaning(all, "PP") == "PRIORITY, the highest precedence of the message");
  CHECK(meaning(all, "229") == "day 229 of the year, 17 August 2009");
  CHECK(meaning(all, "0141") == "filed for transmission at 0141 UTC");
  CHECK(meaning(all, "170141Z AUG 09") == "drawn up on 17 August 2009 at 0141 UTC");
  CHECK(meaning(all, "ZNY") == "not to go in clear over a circuit that is not approved for CONFIDENTIAL");
  CHECK(meaning(all, "ZZH") == "national signal: from an office of the Department of State");
  CHECK_THAT(meaning(all, "RUEHBI"), Catch::Contains("member of a collective"));
  CHECK_THAT(meaning(all, "RUCNCLS"), Catch::Contains("all members of the collective"));
  CHECK(meaning(all, "RUEHKO") == "station responsible for delivery to the addressee");
  CHECK_THAT(meaning(all, "C O N F I D E N T I A L"), Catch::StartsWith("CONFIDENTIAL,"));
}

TEST_CASE("a day of filing is in the year nearest to the date-time group") {
  auto const filed = [](std::string const& text) {
    Parser parser;
    return token(tokens(parser.parse(text)), "day-of-year").meaning;
  };
  CHECK(filed("VZCZCXRO0001\nPP RUEHC\nDE RUEHTA #0001 0010003\nZNR UUUUU ZZH\nP 312355Z DEC 08\nFM "
              "AMEMBASSY ASTANA\n") == "day 001 of the year, 1 January 2009");
  CHECK(filed("VZCZCXRO0001\nPP RUEHC\nDE RUEHTA #0001 3660003\nZNR UUUUU ZZH\nP 312355Z DEC 08\nFM "
              "AMEMBASSY ASTANA\n") == "day 366 of the year, 31 December 2008");
}

TEST_CASE("damaged headings are held byte for byte too") {
  for (auto const* text :
       {"", "\n\n", "no message at all", "VZCZC", "VZCZCXRO38", "DE", "TORUEHC/SECSTATE WASHDC\n",
        "VZCZCX4O38 X\nNN RUEHBI ,, RUEHCI\nDE RUEHTA #139/1 22901 X\nZNY CCCC ZZHZDF (CCY TEXT)\nP 17014Z\n"
        "FROM AMEMBASSY\nTO RUEHUL)AMEMBASSY SEOUL PRIORTY 866\nINFO ZEN/AMEMBASSY TOKYO\nXMT AMCONSUL\nGR "
        "12\nBT\n"
        "E C R E T\nBT\n#1399\nNNNN\nmore"}) {
    INFO(text);
    Parser parser;
    require_every_byte_held_once(parser.parse(text));
  }
}

TEST_CASE("an operating signal is found with and without its digit") {
  using torntape::grammar::signal;
  REQUIRE(signal("ZFF6") != nullptr);
  CHECK(signal("ZFF6") == signal("ZFF"));
  CHECK_FALSE(signal("ZFF")->confirmed);
  REQUIRE(signal("ZAR2") != nullptr);
  CHECK(signal("ZAR2")->meaning == "second request");
  CHECK(signal("ZQX") == nullptr);
  CHECK(signal("") == nullptr);
}

TEST_CASE("names of tokens are words joined by hyphens") {
  auto const text = seed();
  Parser parser;
  for (auto const& one : tokens(parser.parse(text)))
    CHECK(one.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == View::npos);
}

TEST_CASE("a security designator is told whatever its length") {
  auto const told = [](std::string const& designator) {
    Parser parser;
    auto const text = "VZCZCXRO0417\nDE RTBAKV #0512 2310941\nZNY " + designator + "\nP 190938Z AUG 09\n";
    return meaning(tokens(parser.parse(text)), designator);
  };
  CHECK(told("CCCCC").ends_with("the letter of the class five times"));
  CHECK(told("CCCCA").ends_with("then the release code CA"));
  CHECK(told("CCCAU").ends_with("then the release code AU"));
  CHECK(told("CX").ends_with(", damaged"));
  CHECK(told("CCXCC").ends_with(", damaged"));
}
