#include "grammar/coverage.hpp"

#include <algorithm>

#include "grammar/characters.hpp"
#include "grammar/tokens.hpp"

namespace torntape::grammar {
namespace {

std::size_t printing(View text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return !is_blank(c) && c != '\n' && c != '\r'; }));
}

}  // namespace

Coverage coverage(Message const& message) {
  Coverage covered;
  covered.printing = printing(message.source);
  for (auto const& token : tokens(message))
    if (token.name != "unread" && token.name != "not-a-message") covered.named += printing(token.text);
  return covered;
}

}  // namespace torntape::grammar
