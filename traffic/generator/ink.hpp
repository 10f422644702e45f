// Writes text into a string that has been given room before: a message is a hundred small pieces, and a
// million messages a second leave no time to ask for room at each.
#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

namespace torntape::generator {

// The last `width` digits of a number.
struct Digits {
  std::uint32_t number;
  std::size_t width;
};

class Ink {
 public:
  // Behind what stands in `out`; at most `room` bytes will be written.
  Ink(std::string& out, std::size_t room) : out_(out) {
    auto const before = out.size();
    out.resize(before + room);
    at_ = out.data() + before;
  }
  Ink(Ink const&) = delete;
  Ink& operator=(Ink const&) = delete;
  ~Ink() { out_.resize(static_cast<std::size_t>(at_ - out_.data())); }

  Ink& operator<<(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
    return *this;
  }
  Ink& operator<<(char letter) {
    *at_++ = letter;
    return *this;
  }
  Ink& operator<<(std::uint32_t number) {
    at_ = std::to_chars(at_, at_ + std::numeric_limits<std::uint32_t>::digits10 + 1, number).ptr;
    return *this;
  }
  Ink& operator<<(Digits digits) {
    for (auto i = digits.width; i-- != 0; digits.number /= 10)
      at_[i] = static_cast<char>('0' + digits.number % 10);
    at_ += digits.width;
    return *this;
  }

 private:
  std::string& out_;
  char* at_;
};

}  // namespace torntape::generator
