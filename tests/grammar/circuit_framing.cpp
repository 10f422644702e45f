#include "grammar/circuit_framing.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar {
namespace {

struct Cut {
  std::string bytes;
  std::size_t offset, line;
  Ending ending;
  friend bool operator==(Cut const&, Cut const&) = default;
};

struct Taken {
  std::vector<Cut> frames;
  std::size_t noise = 0;
  friend bool operator==(Taken const&, Taken const&) = default;
};

// Fed in blocks of so many bytes.
Taken taken(std::string const& stream, std::size_t block = 1, CircuitFramer::Options options = {}) {
  Taken all;
  CircuitFramer framer{options};
  auto const take = [&] {
    while (auto const frame = framer.next())
      all.frames.push_back(
          {std::string(frame->bytes), frame->position.offset, frame->position.line, frame->ending});
  };
  for (std::size_t at = 0; at < stream.size(); at += block) {
    framer.feed(View(stream).substr(at, block));
    take();
  }
  framer.flush();
  take();
  all.noise = framer.noise();
  return all;
}

std::string message(std::string const& number) {
  return "VZCZCXRO" + number + "\r\r\nPP RTCAQB\r\r\nDE RTBAKV 115 2310941\r\r\nBT\r\r\nUNCLAS\r\r\nBT" +
         "\r\r\n\n\n\n\n\n\n\nNNNN";
}

constexpr View letters = "\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F\x7F";

}  // namespace

TEST_CASE("a message is given out with the last N of its end, before anything follows") {
  CircuitFramer framer;
  auto const whole = message("001");
  framer.feed(View(whole).substr(0, whole.size() - 1));
  CHECK(!framer.next());
  framer.feed("N");
  auto const frame = framer.next();
  REQUIRE(frame);
  CHECK(frame->bytes == whole);
  CHECK(frame->ending == Ending::whole);
  CHECK(!framer.next());
}

TEST_CASE("messages follow each other on one line, behind the letters of the end") {
  auto const stream = message("001") + std::string(letters) + message("002") + "\r\r\n" + message("003");
  auto const [frames, noise] = taken(stream);
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].bytes == message("001"));
  CHECK(frames[1].bytes == message("002"));
  CHECK(frames[2].bytes == message("003"));
  CHECK(frames[2].offset == stream.size() - message("003").size());
  CHECK(frames[2].line == static_cast<std::size_t>(std::ranges::count(message("001"), '\n')) * 2 + 1);
  CHECK(noise == 0);
}

TEST_CASE("noise between messages is dropped and counted, on the line of a start too") {
  auto const [frames, noise] =
      taken("RYRY RYRY\r\r\nXX" + message("001") + "N\r\nABC\r\n" + message("002") + "Q");
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes == message("001"));
  CHECK(frames[0].offset == 14);
  CHECK(frames[1].bytes == message("002"));
  CHECK(noise == 8 + 2 + 1 + 3 + 1);
}

TEST_CASE("a message without its end is a straggler when another begins, and idle when nothing comes") {
  std::string const cut_short = "VZCZCXRO001\r\r\nPP RTCAQB\r\r\nDE RTBAKV 115 2310941\r\r\n";
  auto const [frames, noise] = taken(cut_short + message("002") + cut_short);
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].bytes == cut_short);
  CHECK(frames[0].ending == Ending::straggler);
  CHECK(frames[1].ending == Ending::whole);
  CHECK(frames[2].bytes == cut_short);
  CHECK(frames[2].ending == Ending::idle);
}

TEST_CASE("after a flush the circuit goes on") {
  CircuitFramer framer;
  framer.feed("VZCZCXRO001\r\r\nPP RT");
  framer.flush();
  REQUIRE(framer.next());
  CHECK(!framer.next());
  framer.feed("CAQB\r\r\n" + message("002"));
  auto const frame = framer.next();
  REQUIRE(frame);
  CHECK(frame->bytes == message("002"));
  CHECK(framer.noise() == 4);
}

TEST_CASE("the FL1 below a pilot is that of the heading as it was received") {
  std::string const piloted = "VZCZCABC014\r\r\nOO RTDASL\r\r\nZFD RTBA\r\r\n" + message("001");
  auto const [frames, noise] = taken(piloted + message("002"));
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes == piloted);
}

TEST_CASE("between messages one may begin without VZCZC") {
  std::string const manual =
      "VV   EUC093     UU\r\nRR RTCAQB\r\nDE RTBAKV 115 020009Z\r\nBT\r\nUNCLAS\r\nBT\r\nNNNN";
  auto const [frames, noise] = taken(manual + "\r\n" + manual + std::string(letters) + manual);
  REQUIRE(frames.size() == 3);
  for (auto const& frame : frames) CHECK(frame.bytes.ends_with(manual));
}

TEST_CASE("a message longer than the limit is given out up to it, and the rest is noise") {
  auto const one = message("001");
  auto const [frames, noise] = taken(one + message("002"), 7, {Alphabet::text, one.size() - 20});
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes == one.substr(0, one.size() - 20));
  CHECK(frames[0].ending == Ending::too_long);
  CHECK(frames[1].bytes == message("002").substr(0, one.size() - 20));
}

TEST_CASE("a circuit that never ends a line, or sends nothing but letters, needs no memory") {
  CircuitFramer framer;
  std::string const block(4096, 'R');
  std::string const feed(4096, '\x7F');
  for (int i = 0; i != 100; ++i) {
    framer.feed(i % 2 == 0 ? block : feed);
    CHECK(!framer.next());
  }
  framer.feed(message("001"));
  auto const frame = framer.next();
  REQUIRE(frame);
  CHECK(frame->bytes == message("001"));
  CHECK(frame->position.offset == 100 * 4096);
}

TEST_CASE("a tape of ITA2 is cut as its text is") {
  std::string octets;
  ita2::Encoder{}.encode(message("001") + std::string(12, tape::ltrs) + message("002"), octets);
  std::string tape;
  ita2::Decoder{}.decode(octets, tape);
  auto const [frames, noise] = taken(tape, 3, {Alphabet::ita2});
  REQUIRE(frames.size() == 2);
  CHECK(tape::printed(frames[0].bytes, Alphabet::ita2) == message("001"));
  CHECK(tape::printed(frames[1].bytes, Alphabet::ita2) == message("002"));
  CHECK(frames[1].bytes.starts_with("VZCZC"));
  CHECK(noise == 0);
}

TEST_CASE(
    "fed in any blocks the frames are the same, stretches of the stream in order, and nothing else prints") {
  auto const pieces = std::vector<std::string>{message("001"),
                                               message("002"),
                                               "VZCZCXRO003\r\r\n",
                                               "VZC",
                                               "ZC",
                                               "NNNN",
                                               "NN",
                                               "\n",
                                               "\r\r\n",
                                               "RR RTCAQB\n",
                                               "VV   EUC093     UU\n",
                                               "DE RTBAKV 115 2310941\n",
                                               "OO RTDASL\nZFD RTBA\n",
                                               "XYZ",
                                               " ",
                                               std::string(letters),
                                               "P 190938Z AUG 09\n",
                                               std::string(300, 'R'),
                                               std::string(5000, ' '),
                                               std::string("\0\x0E\x0F\xC4\xFF", 5)};
  CHECK(rc::check([&] {
    std::string stream;
    for (auto const& piece : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)))
      stream += piece;
    CircuitFramer::Options options;
    options.alphabet = *rc::gen::element(Alphabet::text, Alphabet::ita2, Alphabet::ia5);
    options.most = *rc::gen::element<std::size_t>(1024 * 1024, 100, 1);
    auto const bytewise = taken(stream, 1, options);
    RC_ASSERT(taken(stream, stream.size() + 1, options) == bytewise);
    RC_ASSERT(taken(stream, *rc::gen::inRange<std::size_t>(1, 64), options) == bytewise);
    std::size_t offset = 0, framed = 0;
    auto const marks = [&](View text) {
      return static_cast<std::size_t>(
          std::ranges::count_if(tape::printed(text, options.alphabet),
                                [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; }));
    };
    for (auto const& frame : bytewise.frames) {
      RC_ASSERT(frame.offset >= offset);
      RC_ASSERT(stream.substr(frame.offset, frame.bytes.size()) == frame.bytes);
      RC_ASSERT(frame.bytes.size() <= options.most + 5000);
      auto const before = stream.substr(0, frame.offset);
      RC_ASSERT(frame.line == static_cast<std::size_t>(std::ranges::count(before, '\n')));
      offset = frame.offset + frame.bytes.size();
      framed += marks(frame.bytes);
    }
    if (options.alphabet != Alphabet::text) RC_ASSERT(framed + bytewise.noise == marks(stream));
  }));
}

}  // namespace torntape::grammar
