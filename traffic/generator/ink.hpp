// Writes text into room that was made before: a message is a hundred small pieces, and half a million
// messages a second leave no time to ask for room at each.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

namespace torntape::generator {

// Where one message after another is written; it grows to the longest.
using Room = std::vector<char>;

// The last `width` digits of a number.
struct Digits {
  std::uint32_t number;
  std::size_t width;
};

// A few words whose length need not be looked at to copy them.
struct Phrase {
  static constexpr std::size_t room = 24;

  consteval Phrase(char const* words) {  // NOLINT(google-explicit-constructor): reads as a literal
    for (; words[size] != '\0'; ++size) letters.at(size) = words[size];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {letters.data(), size}; }

  std::array<char, room> letters{};
  std::size_t size = 0;
};

class Ink {
 public:
  // At most `need` bytes will be written, from the beginning of the room.
  Ink(Room& room, std::size_t need) {
    need += Phrase::room;
    if (room.size() < need) room.resize(need);
    begin_ = at_ = room.data();
  }
  Ink(Ink const&) = delete;
  Ink& operator=(Ink const&) = delete;

  [[nodiscard]] std::string_view text() const { return {begin_, static_cast<std::size_t>(at_ - begin_)}; }

  Ink& operator<<(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
    return *this;
  }
  Ink& put(Phrase const& phrase) {
    std::memcpy(at_, phrase.letters.data(), Phrase::room);
    at_ += phrase.size;
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
  char* begin_;
  char* at_;
};

}  // namespace torntape::generator
