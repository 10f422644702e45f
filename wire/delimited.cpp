#include "wire/delimited.hpp"

#include <cstdint>

namespace torntape::wire {
namespace {

constexpr std::size_t max_varint = 10;  // bytes of the longest varint of 64 bits

struct Length {
  FrameState state = FrameState::partial;
  std::uint64_t value = 0;
  std::size_t size = 0;  // bytes of the varint
};

Length read_length(std::string_view bytes) {
  Length length;
  for (std::size_t i = 0; i != bytes.size(); ++i) {
    auto const byte = static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i]));
    if (i + 1 == max_varint && byte > 1) return {.state = FrameState::malformed};
    length.value |= (byte & 0x7F) << (7 * i);
    if (byte < 0x80) return {.state = FrameState::whole, .value = length.value, .size = i + 1};
  }
  return length;
}

}  // namespace

void DelimitedReader::feed(std::string_view bytes) {
  buffer_.erase(0, taken_);
  taken_ = 0;
  buffer_.append(bytes);
}

DelimitedFrame DelimitedReader::next() {
  auto const rest = std::string_view{buffer_}.substr(taken_);
  auto const length = read_length(rest);
  if (length.state != FrameState::whole) return {.state = length.state, .bytes = {}};
  if (length.value > max_length_) return {.state = FrameState::over_limit, .bytes = {}};
  auto const frame = rest.substr(length.size);
  if (frame.size() < length.value) return {.state = FrameState::partial, .bytes = {}};
  taken_ += length.size + static_cast<std::size_t>(length.value);
  return {.state = FrameState::whole, .bytes = frame.substr(0, static_cast<std::size_t>(length.value))};
}

void append_varint(std::size_t value, std::string& out) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void append_delimited(std::string_view bytes, std::string& out) {
  append_varint(bytes.size(), out);
  out.append(bytes);
}

void append_delimited(google::protobuf::MessageLite const& message, std::string& out) {
  append_varint(message.ByteSizeLong(), out);
  message.AppendToString(&out);
}

}  // namespace torntape::wire
