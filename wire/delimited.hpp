// Frames on a stream of bytes: the length as a varint, then as many bytes, as protoc's delimited helpers
// write them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <google/protobuf/message_lite.h>

namespace torntape::wire {

enum class FrameState : unsigned char {
  whole,
  partial,     // more bytes are needed
  over_limit,  // longer than the reader takes: it stays in this state
  malformed    // no varint: it stays in this state
};

struct DelimitedFrame {
  FrameState state = FrameState::partial;
  std::string_view bytes;  // of a whole frame, without its length; valid until the next `feed`
};

class DelimitedReader {
 public:
  explicit DelimitedReader(std::size_t max_length) : max_length_{max_length} {}

  void feed(std::string_view bytes);
  [[nodiscard]] DelimitedFrame next();
  // Bytes held that belong to no frame given out yet.
  [[nodiscard]] std::size_t pending() const { return buffer_.size() - taken_; }

 private:
  std::size_t max_length_;
  std::string buffer_;
  std::size_t taken_ = 0;  // bytes of buffer_ already given out
};

// Appends a frame that holds the message, or the bytes.
void append_delimited(google::protobuf::MessageLite const& message, std::string& out);
void append_delimited(std::string_view bytes, std::string& out);

// Appends a varint.
void append_varint(std::size_t value, std::string& out);

}  // namespace torntape::wire
