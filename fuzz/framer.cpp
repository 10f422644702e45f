// A stream fed in any cuts gives the frames it gives at once, and the frames together are the stream.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "fuzz/require.hpp"
#include "grammar/framing.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;

namespace {

struct Cut {
  std::string bytes;
  std::size_t offset, line;
  friend bool operator==(Cut const&, Cut const&) = default;
};

std::vector<Cut> frames(grammar::View stream, std::size_t& seed) {
  std::vector<Cut> all;
  grammar::Framer framer;
  auto const take = [&] {
    while (auto const frame = framer.next())
      all.push_back({std::string(frame->bytes), frame->position.offset, frame->position.line});
  };
  while (!stream.empty()) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    auto const block = std::min<std::size_t>(stream.size(), 1 + (seed >> 33) % 64);
    framer.feed(stream.substr(0, block));
    stream.remove_prefix(block);
    take();
  }
  framer.finish();
  take();
  return all;
}

std::vector<Cut> at_once(grammar::View stream) {
  std::vector<Cut> all;
  grammar::Framer framer;
  framer.feed(stream);
  framer.finish();
  while (auto const frame = framer.next())
    all.push_back({std::string(frame->bytes), frame->position.offset, frame->position.line});
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::size_t seed = data[0];
  grammar::View const stream(reinterpret_cast<char const*>(data + 1), size - 1);
  auto const whole = at_once(stream);
  require(frames(stream, seed) == whole, "the same frames, cut anyhow");
  std::size_t offset = 0, line = 0;
  for (auto const& frame : whole) {
    require(frame.offset == offset && frame.line == line, "a frame says where it stands");
    require(stream.substr(offset, frame.bytes.size()) == frame.bytes, "the frames are the stream");
    offset += frame.bytes.size();
    line += static_cast<std::size_t>(std::ranges::count(frame.bytes, '\n'));
  }
  require(offset == stream.size(), "no byte is left over");
  return 0;
}
