#include "grammar/alphabets/capture.hpp"

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/tape.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {
namespace {

std::string_view const heading =
    "\x0F\x0FVZCZCXRO\x0E"
    "093     \r\r\n\x0FPP RTCAQB\r\r\nDE RTBAKV \x0E"
    "115\x0F"
    "B \x0E"
    "2310941\x0F\r\r\n"
    "ZNR UUUUU\r\r\nP \x0E"
    "190938\x0FZ AUG \x0E"
    "2009\r\r\n\x0F"
    "FM AMEMBASSY KARSTOVA\r\r\n";

Settings const as_ita2{.profile = {}, .copy_kind = {}, .alphabet = Alphabet::ita2};

}  // namespace

TEST_CASE("the parser reads what a tape prints, and knows where it stood") {
  Parser parser;
  auto const& m = parser.parse(heading, as_ita2);
  REQUIRE(m.capture);
  CHECK(m.transmission_identification.channel == "XRO");
  CHECK(m.origin.station_serial_number == "115B");
  CHECK(m.origin.filing_time == "2310941");
  CHECK(m.preamble.date_time_group == "190938Z AUG 2009");
  CHECK(as_received(m) == heading);
  auto const at = [&](View part) {
    auto const [offset, length] = where_received(m, part);
    return heading.substr(offset, length);
  };
  CHECK(at(m.transmission_identification.start) == "VZCZC");
  CHECK(at(m.origin.filing_time) == "2310941");
  CHECK(at(m.origin.station_serial_number) ==
        "115\x0F"
        "B");
  CHECK(m.capture->before(m.origin.filing_time.substr(7)) == "\x0F");
  CHECK(m.capture->before(m.transmission_identification.start) == "\x0F\x0F");
  CHECK(m.capture->before(m.originator.prosign) == "\x0F");
  CHECK(m.capture->before(m.originator.plain_language_address).empty());
}

TEST_CASE("a message read from text is no capture, even after one that was") {
  Parser parser;
  REQUIRE(parser.parse(heading, as_ita2).capture);
  auto const& m = parser.parse("VZCZCXRO3820\n");
  CHECK(!m.capture);
  CHECK(as_received(m).data() == m.source.data());
}

TEST_CASE("text and functions together are the tape, and every character of it has its place") {
  CHECK(rc::check([] {
    auto const octets = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    Coding coding;
    coding.alphabet = *rc::gen::element(Alphabet::ita2, Alphabet::ita2_us, Alphabet::ia5);
    auto const tape = decoded(octets, coding);
    RC_ASSERT(tape.size() == octets.size());
    Capture const capture{tape, coding.alphabet};
    std::string merged;
    std::size_t functions = 0;
    for (std::size_t place = 0; place <= capture.text().size(); ++place) {
      auto const before = capture.before(capture.text().substr(place));
      functions += before.size();
      merged += before;
      RC_ASSERT(capture.on_tape(place) == merged.size());
      if (place == capture.text().size()) break;
      RC_ASSERT(tape::low(tape[merged.size()]) == capture.text()[place]);
      merged += tape[merged.size()];
    }
    RC_ASSERT(merged == tape);
    RC_ASSERT(functions + capture.text().size() == tape.size());
  }));
}

TEST_CASE("the bell is rung by both its letters, whichever of them rings") {
  Parser parser;
  std::string const routing =
      "ZZ RTCAQB\r\r\nDE RTBAKV \x0E"
      "115 2310941\x0F\r\r\n";
  auto const start = std::string{
      "VZCZCXRO\x0E"
      "093     \r\r\n"};
  auto const international = start + "\a\a\a\a\a\xD3\xD3\xD3\xD3\xD3\x0F" + routing;
  CHECK(parser.parse(international, as_ita2).routing_line.bell == "\a\a\a\a\a");
  auto const us = start + "'''''\a\a\a\a\a\x0F" + routing;
  auto as_us = as_ita2;
  as_us.alphabet = Alphabet::ita2_us;
  CHECK(parser.parse(us, as_us).routing_line.bell == "\a\a\a\a\a");
  CHECK(parser.parse(us, as_us).routing_line.precedence == "ZZ");
}

TEST_CASE("wrong parity is kept with its place, and what fills time is no text") {
  constexpr View tape{"\0\0\x7FVZ\xC3ZCXRO3820\r\r\n", 18};
  Parser parser;
  Settings settings;
  settings.alphabet = Alphabet::ia5;
  auto const& m = parser.parse(tape, settings);
  CHECK(m.transmission_identification.start == "VZCZC");
  CHECK(where_received(m, m.transmission_identification.channel).offset == 8);
  REQUIRE(m.capture->faults().size() == 1);
  CHECK(m.capture->on_tape(m.capture->faults().front()) == 5);
}

}  // namespace torntape::grammar
