// What holds for any bytes.
#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/framing.hpp"
#include "grammar/parser.hpp"
#include "grammar/received.hpp"
#include "grammar/tokens.hpp"

namespace torntape::grammar {
namespace {

// Pieces that headings are made of, so that random text gets past the first line.
std::vector<std::string> const pieces{"VZCZCXRO3820\n",
                                      "VZCZCXYZ0000\r\n",
                                      "PP RUEHBI RUEHCI\n",
                                      "RUEHPW RUEHROV\n",
                                      "DE RUEHTA #1399/01 2290141\n",
                                      "ZNY CCCCC ZZH\n",
                                      "P 170141Z AUG 09\n",
                                      "O R 170141Z AUG 09 ZDK\n",
                                      "FM AMEMBASSY ASTANA\n",
                                      "TO RUEHC/SECSTATE WASHDC PRIORITY 6035\n",
                                      "INFO RUEHUL/AMEMBASSY SEOUL 866\n",
                                      "RUEHKOAMEMBASSY TOKYO PRIOITY\n",
                                      "RUEHLP/AMEMBASSY LA PAZ AUG 0412\n",
                                      "XMT AMCONSUL MIRZAGRAD\n",
                                      "GR 37\n",
                                      "BT\n",
                                      "\n",
                                      " ",
                                      "\r\n",
                                      "/",
                                      "#",
                                      "\t",
                                      "C O N F I D E N T I A L SECTION 01 OF 02 ASTANA 001399 \n",
                                      "UNCLAS ASTANA 001399\n",
                                      "SIPDIS\n",
                                      "TAGS: PGOV, KZ\n",
                                      "SUBJECT: A\nB\n",
                                      "#1399\n",
                                      "NNNN\n",
                                      "NNN",
                                      "ZCZC",
                                      "DE ",
                                      "TO",
                                      "INFO",
                                      "FM ",
                                      "ZNR",
                                      "170141Z",
                                      "E F T O",
                                      "\x7f",
                                      "\xff"};

rc::Gen<std::string> texts() {
  auto const from_pieces =
      rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                   [](std::vector<std::string> const& chosen) {
                     std::string text;
                     for (auto const& piece : chosen) text += piece;
                     return text;
                   });
  auto const bytes = rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  return rc::gen::weightedOneOf<std::string>({{4, from_pieces}, {1, bytes}});
}

std::string printed(Message const& message) {
  std::string text;
  for (auto const& line : message.lines) text.append(line.text).append(line.ending);
  return text;
}

std::vector<std::string> frames(std::string const& text, std::size_t block) {
  std::vector<std::string> cut;
  Framer framer;
  auto const take = [&] {
    while (auto const frame = framer.next()) cut.emplace_back(frame->bytes);
  };
  for (std::size_t at = 0; at < text.size(); at += block) {
    framer.feed(View(text).substr(at, block));
    take();
  }
  framer.finish();
  take();
  return cut;
}

}  // namespace

TEST_CASE("any bytes print back as they were") {
  CHECK(rc::check([] {
    auto const text = *texts();
    Parser parser;
    RC_ASSERT(printed(parser.parse(text)) == text);
  }));
}

TEST_CASE("every part of a message lies within its source") {
  CHECK(rc::check([] {
    auto const text = *texts();
    Parser parser;
    auto const& m = parser.parse(text);
    auto const within = [&](View part) {
      return !present(part) ||
             (part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
    };
    for (auto const& oddity : m.oddities) RC_ASSERT(within(oddity.where));
    for (auto const& a : m.addressees) {
      RC_ASSERT(within(a.plain_language_address) && present(a.plain_language_address));
      RC_ASSERT(within(a.routing_indicator) && within(a.precedence_word) &&
                within(a.message_continuity_number));
      RC_ASSERT(a.line < m.lines.size());
    }
    RC_ASSERT(within(m.text.subject) && within(m.transmission_instructions.remarks));
  }));
}

TEST_CASE("tokens stand in order and do not overlap") {
  CHECK(rc::check([] {
    auto const text = *texts();
    Parser parser;
    auto const list = tokens(parser.parse(text));
    auto const* end = text.data();
    for (auto const& token : list) {
      RC_ASSERT(!token.text.empty());
      RC_ASSERT(token.text.data() >= end);
      end = token.text.data() + token.text.size();
      RC_ASSERT(!token.name.empty() && !token.meaning.empty());
    }
    RC_ASSERT(end <= text.data() + text.size());
  }));
}

TEST_CASE("a parser used again reads as a new one") {
  CHECK(rc::check([] {
    auto const before = *texts();
    auto const text = *texts();
    Parser used;
    used.parse(before);
    auto const& again = used.parse(text);
    Parser fresh;
    auto const& once = fresh.parse(text);
    RC_ASSERT(again.features == once.features);
    RC_ASSERT(again.lines.size() == once.lines.size());
    RC_ASSERT(again.addressees.size() == once.addressees.size());
    RC_ASSERT(again.exempted.size() == once.exempted.size());
    RC_ASSERT(again.routing_line.routing_indicators == once.routing_line.routing_indicators);
    RC_ASSERT(again.transmission_instructions.operating_signals ==
              once.transmission_instructions.operating_signals);
    RC_ASSERT(again.preamble.message_instructions == once.preamble.message_instructions);
    RC_ASSERT(again.text.tags == once.text.tags && again.text.captions == once.text.captions);
    RC_ASSERT(again.end.nnnn == once.end.nnnn && again.accounting.group_count == once.accounting.group_count);
  }));
}

TEST_CASE("a stream cut in any way gives the same frames, which together are the stream") {
  CHECK(rc::check([] {
    auto const text = *texts();
    auto const block = *rc::gen::inRange<std::size_t>(1, 40);
    auto const whole = frames(text, std::max<std::size_t>(text.size(), 1));
    RC_ASSERT(frames(text, block) == whole);
    std::string joined;
    for (auto const& frame : whole) joined += frame;
    RC_ASSERT(joined == text);
  }));
}

}  // namespace torntape::grammar
