// A message being edited: what a rule's mutation works on. Every edit reads the text again, so that the
// views of `message` are always those of `text`; the same edits, turned round, are the label of what was
// broken.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/parser.hpp"

namespace torntape::validator {

class Draft {
 public:
  explicit Draft(std::string text, grammar::Settings settings = {});
  Draft(Draft const&) = delete;
  Draft& operator=(Draft const&) = delete;

  [[nodiscard]] std::string const& text() const { return text_; }
  [[nodiscard]] grammar::Message const& message() const { return *message_; }
  // How the text is read.
  [[nodiscard]] grammar::Settings const& settings() const { return settings_; }

  // Each is false, and nothing is done, where the part is absent.
  bool replace(grammar::View part, std::string_view by);
  bool erase(grammar::View part);
  bool insert_before(grammar::View part, std::string_view text);
  bool insert_after(grammar::View part, std::string_view text);
  // The whole line with its ending.
  bool erase_line(grammar::FormatLine line);
  bool replace_line(grammar::FormatLine line, std::string_view by);
  // Another text, in this alphabet: the message as a capture of a circuit.
  void become(std::string text, grammar::Alphabet alphabet);

 private:
  void read();

  std::string text_;
  grammar::Settings settings_;
  grammar::Parser parser_;
  grammar::Message const* message_ = nullptr;
};

// Reproducible from a seed on every machine (the standard's engine, none of its distributions).
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  [[nodiscard]] std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : engine_() % n; }
  template <class First, class... Rest>
  [[nodiscard]] First pick(First first, Rest... rest) {
    First const choices[]{first, First(rest)...};
    return choices[below(1 + sizeof...(rest))];
  }
  template <class Range>
  [[nodiscard]] auto const& one_of(Range const& range) {
    return range[below(range.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace torntape::validator
