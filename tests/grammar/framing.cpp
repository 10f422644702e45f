#include "grammar/framing.hpp"

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

TEST_CASE("a heading printed twice is one message, the same number after its end another") {
  CHECK(cut("VZCZCXRO0001\nPP RUEHC\n\nVZCZCXRO0001\nPP RUEHC\n").size() == 1);
  CHECK(cut("VZCZCXRO0001\nPP RUEHC\nNNNN\nVZCZCXRO0001\nPP RUEHC\n").size() == 2);
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
