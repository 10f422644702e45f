// A stream of frames, cut anyhow, gives the frames it gives at once, never more than came; a frame taken for
// a request is read or refused, and what was read comes back the same.
#include "wire/delimited.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <torntape/v1/switch.pb.h>

#include "fuzz/require.hpp"

using torntape::fuzz::require;
namespace wire = torntape::wire;

namespace {

struct Taken {
  std::vector<std::string> frames;
  wire::FrameState state = wire::FrameState::partial;  // after the last one
  friend bool operator==(Taken const&, Taken const&) = default;
};

Taken take(std::string_view stream, std::size_t block) {
  constexpr std::size_t limit = 4096;
  wire::DelimitedReader reader{limit};
  Taken taken;
  do {
    reader.feed(stream.substr(0, block));
    stream.remove_prefix(std::min(block, stream.size()));
    auto frame = reader.next();
    for (; frame.state == wire::FrameState::whole; frame = reader.next()) {
      require(frame.bytes.size() <= limit, "a frame is within the limit");
      taken.frames.emplace_back(frame.bytes);
    }
    taken.state = frame.state;
  } while (!stream.empty());
  return taken;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const stream(reinterpret_cast<char const*>(data + 1), size - 1);
  auto const whole = take(stream, std::max<std::size_t>(stream.size(), 1));
  require(take(stream, 1 + data[0] % 64U) == whole, "the same frames, cut anyhow");
  std::string again;
  for (auto const& frame : whole.frames) {
    torntape::v1::Request request;
    if (!request.ParseFromString(frame)) continue;
    again.clear();
    wire::append_delimited(request, again);
    auto const taken = take(again, again.size());
    torntape::v1::Request same;
    // A frame may grow by being written anew, beyond the limit then.
    if (taken.frames.empty()) continue;
    require(same.ParseFromString(taken.frames[0]) && same.SerializeAsString() == request.SerializeAsString(),
            "a request comes back");
  }
  return 0;
}
