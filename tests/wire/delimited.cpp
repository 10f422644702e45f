#include "wire/delimited.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>
#include <torntape/v1/switch.pb.h>

namespace torntape::wire {
namespace {

std::vector<std::string> take_all(DelimitedReader& reader) {
  std::vector<std::string> frames;
  for (auto frame = reader.next(); frame.state == FrameState::whole; frame = reader.next())
    frames.emplace_back(frame.bytes);
  return frames;
}

TEST_CASE("A frame is its length as a varint and its bytes") {
  std::string stream;
  append_delimited(std::string_view{"ZCZC"}, stream);
  CHECK(stream == "\x04ZCZC");
  append_delimited(std::string(300, 'X'), stream);
  CHECK(stream.substr(5, 2) == "\xAC\x02");
}

TEST_CASE("A message is framed as protoc's helpers frame it") {
  v1::Request request;
  request.set_id(7);
  std::string stream;
  append_delimited(request, stream);
  CHECK(stream == "\x02\x08\x07");
}

TEST_CASE("An empty frame is a frame") {
  DelimitedReader reader{10};
  reader.feed(std::string_view{"\0", 1});
  auto const frame = reader.next();
  CHECK(frame.state == FrameState::whole);
  CHECK(frame.bytes.empty());
  CHECK(reader.next().state == FrameState::partial);
}

TEST_CASE("Any cut of the stream gives the same frames") {
  auto const ok = rc::check([](std::vector<std::string> const& sent) {
    std::string stream;
    for (auto const& bytes : sent) append_delimited(bytes, stream);
    DelimitedReader reader{1 << 20};
    std::vector<std::string> got;
    std::string_view rest = stream;
    while (!rest.empty()) {
      auto const size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
      reader.feed(rest.substr(0, size));
      rest.remove_prefix(size);
      for (auto& frame : take_all(reader)) got.push_back(std::move(frame));
    }
    RC_ASSERT(got == sent);
    RC_ASSERT(reader.pending() == 0U);
  });
  CHECK(ok);
}

TEST_CASE("A length cut short is partial, byte after byte") {
  DelimitedReader reader{1000};
  reader.feed("\xAC");
  CHECK(reader.next().state == FrameState::partial);
  reader.feed("\x02");
  CHECK(reader.next().state == FrameState::partial);
  reader.feed(std::string(299, 'X'));
  CHECK(reader.next().state == FrameState::partial);
  reader.feed("Y");
  auto const frame = reader.next();
  CHECK(frame.state == FrameState::whole);
  CHECK(frame.bytes.size() == 300);
}

TEST_CASE("A frame of the greatest length is taken, one byte more is over the limit for good") {
  std::string stream;
  append_delimited(std::string(8, 'X'), stream);
  append_delimited(std::string(9, 'X'), stream);
  DelimitedReader reader{8};
  reader.feed(stream);
  CHECK(reader.next().state == FrameState::whole);
  CHECK(reader.next().state == FrameState::over_limit);
  CHECK(reader.next().state == FrameState::over_limit);
}

TEST_CASE("The limit is seen before the frame has come") {
  DelimitedReader reader{8};
  reader.feed("\xFF\xFF\xFF\xFF\x7F");
  CHECK(reader.next().state == FrameState::over_limit);
}

TEST_CASE("What is no varint of 64 bits is malformed") {
  DelimitedReader reader{8};
  reader.feed(std::string(11, '\xFF'));
  CHECK(reader.next().state == FrameState::malformed);
  CHECK(reader.next().state == FrameState::malformed);
}

TEST_CASE("Any bytes end in a state, and never give more than came") {
  auto const ok = rc::check([](std::string const& bytes) {
    DelimitedReader reader{64};
    reader.feed(bytes);
    std::size_t got = 0;
    for (auto const& frame : take_all(reader)) got += frame.size() + 1;
    RC_ASSERT(got <= bytes.size());
  });
  CHECK(ok);
}

}  // namespace
}  // namespace torntape::wire
