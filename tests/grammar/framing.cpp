#include "grammar/framing.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace torntape::grammar {
namespace {

struct Cut {
  std::string bytes;
  std::size_t offset, line;
};

std::vector<Cut> cut(std::string_view text) {
  Framer framer;
  framer.feed(text);
  framer.finish();
  std::vector<Cut> frames;
  while (auto const frame = framer.next())
    frames.push_back({std::string(frame->bytes), frame->position.offset, frame->position.line});
  return frames;
}

}  // namespace

TEST_CASE("messages of one stream are cut where the next begins") {
  std::string const first = "mail header\nVZCZCXRO0001\nPP RUEHC\nNNNN\n\n";
  std::string const second = "VZCZCXRO0002\r\nRR RUEHC\r\n";
  auto const frames = cut(first + second);
  REQUIRE(frames.size() == 2);
  CHECK(frames[0].bytes == first);
  CHECK(frames[1].bytes == second);
  CHECK(frames[1].offset == first.size());
  CHECK(frames[1].line == 5);
}

namespace {

std::string const abbreviated =
    "P 170141Z AUG 09\nFM AMEMBASSY ASTANA\nTO SECSTATE WASHDC PRIORITY 6035\n"
    "C O N F I D E N T I A L ASTANA 001399\nTEXT\n";
std::string const abbreviated_other =
    "R 141030Z NOV 75\nFM AMEMBASSY KARSTOVA\nTO SECSTATE WASHDC 1234\nUNCLAS KARSTOVA 4512\nTEXT\n";
std::string const relayed =
    "VZCZCXRO0001\nPP RUEHC\nDE RUEHTA #1399 2290141\nZNR UUUUU\nP 170141Z AUG 09\nFM AMEMBASSY ASTANA\n"
    "TO RUEHC/SECSTATE WASHDC\n";

}  // namespace

TEST_CASE("messages in small letters are cut as those in capitals, and words inside another cut nothing") {
  std::string const small = "vzczcxro0001\npp rtbakv\nnnnn\n";
  auto const frames = cut(small + small + "\nvzczcxro0002\npp rtbakv\n");
  REQUIRE(frames.size() == 3);
  CHECK(frames[1].bytes == small + "\n");
  std::string const capitals =
      "VZCZCXRO0003\nPP RTBAKV\nDE RTBAKV #0512 2310941\nP 190938Z AUG 09\nFM AMEMBASSY KARSTOVA\n"
      "TO RUEHC/SECSTATE WASHDC\nBT\nUNCLAS\nvzczcxro0001\nBT\nNNNN\n";
  CHECK(cut(capitals).size() == 1);
}

TEST_CASE("without an end, FL5 and FL6 below a text begin another message, and FL1 below one without FL1") {
  auto const archived = relayed + "UNCLAS ASTANA 001399\nTEXT\n";
  for (auto const& [first, second] :
       {std::pair{abbreviated, abbreviated_other}, std::pair{abbreviated, archived},
        std::pair{archived, abbreviated_other}}) {
    INFO(first << second);
    auto const frames = cut(first + second);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].bytes == first);
    CHECK(frames[1].bytes == second);
  }
}

TEST_CASE("a message without FL1 that follows a text begins with its FL2") {
  auto const first = relayed + "UNCLAS ASTANA 001399\nTEXT\n";
  std::string const second =
      "PP RUEHC RTAAWB\nRTBAOS\nDE RTBAKV #0512/01 2310941\nZNY CCCCC ZZH\n" + abbreviated_other;
  std::string const without_warning = "PP RUEHC\n\nDE RTBAKV #0513 2310941\n" + abbreviated;
  auto const frames = cut(first + second + without_warning);
  REQUIRE(frames.size() == 3);
  CHECK(frames[0].bytes == first);
  CHECK(frames[1].bytes == second);
  CHECK(frames[2].bytes == without_warning);
  CHECK(frames[1].line == static_cast<std::size_t>(std::ranges::count(first, '\n')));
  // Without FL2 the station line is of the text.
  auto const quoted = cut(first + "DE RTBAKV #0512 2310941\n" + abbreviated_other);
  REQUIRE(quoted.size() == 2);
  CHECK(quoted[1].bytes == abbreviated_other);
}

TEST_CASE("a heading quoted between separators, readdressed or printed again begins no message") {
  CHECK(cut(relayed + "BT\nUNCLAS\n" + abbreviated_other + "BT\nNNNN\n").size() == 1);
  CHECK(cut(relayed + abbreviated_other).size() == 1);  // of the original message
  CHECK(cut(abbreviated + abbreviated).size() == 1);
  CHECK(cut(abbreviated + "P 170141Z AUG 09\nIS THE REFERENCE\n").size() == 1);
}

TEST_CASE("a heading printed twice is one message, the same number after its end another") {
  CHECK(cut("VZCZCXRO0001\nPP RUEHC\n\nVZCZCXRO0001\nPP RUEHC\n").size() == 1);
  CHECK(cut("VZCZCXRO0001\nPP RUEHC\nNNNN\nVZCZCXRO0001\nPP RUEHC\n").size() == 2);
}

TEST_CASE("headings that share their FL1 but not FL3 or FL5 are two messages, fed at once or byte by byte") {
  std::string const first =
      "VZCZCXRO0001\nPP RUEHC\nDE RTBAKV #0001 2310941\nP 190938Z AUG 09\nUNCLAS A 000001\n";
  std::string const filed =
      "VZCZCXRO0001\nPP RUEHC\nDE RTBAKV #0002 2310941\nP 190938Z AUG 09\nUNCLAS A 000002\n";
  std::string const drawn =
      "VZCZCXRO0001\nPP RUEHC\nDE RTBAKV #0001 2310941\nP 190939Z AUG 09\nUNCLAS A 000001\n";
  CHECK(cut(first + first).size() == 1);
  for (auto const& second : {filed, drawn}) {
    auto const frames = cut(first + second + second);
    REQUIRE(frames.size() == 2);
    CHECK(frames[0].bytes == first);
    CHECK(frames[1].offset == first.size());
    CHECK(frames[1].line == 5);
    Framer framer;
    std::vector<std::string> bytewise;
    for (char const c : first + second + second) {
      framer.feed({&c, 1});
      while (auto const frame = framer.next()) bytewise.emplace_back(frame->bytes);
    }
    framer.finish();
    while (auto const frame = framer.next()) bytewise.emplace_back(frame->bytes);
    CHECK(bytewise == std::vector<std::string>{first, second + second});
  }
}

TEST_CASE("after an end a message may begin without VZCZC") {
  std::string const manual = "VV   EUC093     UU\nRR RTCAQB\nDE RTBAKV 115 020009Z\nBT\nUNCLAS\nBT\nNNNN\n";
  std::string const from_preamble =
      "P 190938Z AUG 09\nFM AMEMBASSY KARSTOVA\nTO AMEMBASSY QALARABAD\nBT\nUNCLAS\nBT\nNNNN\n";
  std::string const automatic = "VZCZCEUC094\nRR RTCAQB\nDE RTBAKV 116 020009Z\nBT\nUNCLAS\nBT\nNNNN\n";
  auto const frames = cut(manual + from_preamble + manual + automatic + manual);
  REQUIRE(frames.size() == 5);
  CHECK(frames[0].bytes == manual);
  CHECK(frames[1].bytes == from_preamble);
  CHECK(frames[2].bytes == manual);
  CHECK(frames[3].bytes == automatic);
  // Before an end such a line begins nothing: texts quote headings.
  CHECK(cut("VZCZCXRO0001\nPP RUEHC\nUNCLAS\nP 190938Z AUG 09\nFM AMEMBASSY KARSTOVA\n").size() == 1);
  CHECK(cut("P 190938Z AUG 09\nFM THE LEAD OF AN ARCHIVE\nVZCZCXRO0001\nPP RUEHC\n").size() == 1);
}

TEST_CASE("the FL1 below a pilot begins no message") {
  std::string const piloted =
      "VZCZCABC014\nOO RTDASL\nZFD RTBA\nVZCZCEUC093\nOO RTCASL\nDE RTBAKV 115 "
      "020009Z\nBT\nUNCLAS\nBT\nNNNN\n";
  CHECK(cut(piloted + piloted).size() == 2);
}

TEST_CASE("drop copies without an end are cut apart though they share their FL1") {
  CHECK(cut("VZCZCXYZ0000\nRR RUEHWEB\n\nVZCZCXYZ0000\nRR RUEHWEB\n").size() == 2);
}

TEST_CASE("matter after the last message belongs to it") {
  auto const frames = cut("VZCZCXRO0001\nNNNN\nShare this cable\n");
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].bytes.ends_with("cable\n"));
}

TEST_CASE("a stream without a start is one frame, an empty one none") {
  CHECK(cut("no message\n\n").size() == 1);
  CHECK(cut("").empty());
}

}  // namespace torntape::grammar
