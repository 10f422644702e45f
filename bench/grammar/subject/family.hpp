// What is measured and fuzzed, one family of headings a row: how to make them, and the parser written by
// hand that competes with ours. A further profile joins with a row here and a file or two beside this one.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/message.hpp"

namespace torntape::bench {

using grammar::Message;
using grammar::View;

// Reproducible from a seed on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  [[nodiscard]] std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  [[nodiscard]] bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Range>
  [[nodiscard]] auto const& one_of(Range const& range) {
    return range[below(std::size(range))];
  }
  [[nodiscard]] std::string digits(std::size_t count);
  [[nodiscard]] std::string letters(std::size_t count);

 private:
  std::mt19937_64 engine_;
};

struct Family {
  std::string_view name;
  // A clean message of one line of text, some 800 bytes, 14 addressees.
  std::string (*heading)(Random& random);
  // Reads what is canonical into the message, its storage used again; false, and the message is of no
  // use, for anything else.
  bool (*hand_written)(View heading, Message& message);
};

[[nodiscard]] std::span<Family const> families();

// The heading of the repository's seed message and `count` made-up ones.
[[nodiscard]] std::vector<std::string> headings(Family const& family, std::size_t count, std::uint64_t seed);

// One to three characters of the heading lost, doubled, replaced or swapped.
[[nodiscard]] std::string damaged(std::string heading, Random& random);

// Every field of a message, a line each, views as offset and length: two readings are the same when these
// are.
[[nodiscard]] std::string in_words(Message const& message);

// The whole seed message, with the text around it.
[[nodiscard]] std::string seed_message();

}  // namespace torntape::bench
