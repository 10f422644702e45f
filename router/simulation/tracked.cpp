#include "router/simulation/tracked.hpp"

namespace torntape::simulation {

// What was typed stands in it as whole words.
bool is_named(Tracked const& message, std::string_view words) {
  auto const within = [words](std::string const& text) {
    auto const at = text.find(words);
    if (at == std::string::npos || words.empty()) return false;
    auto const is_word = [](char letter) {
      return (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z');
    };
    auto const end = at + words.size();
    return (at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]));
  };
  return within(message.identity) || within(message.reference);
}

}  // namespace torntape::simulation
