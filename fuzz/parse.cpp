// Any bytes: the lines print back byte for byte, every part lies within the source, tokens stand in order,
// and a parser used again reads as a new one.
#include <cstdint>
#include <string>

#include "bench/grammar/subject/family.hpp"
#include "fuzz/require.hpp"
#include "grammar/parser.hpp"
#include "grammar/tokens.hpp"

using namespace std::string_view_literals;
using torntape::fuzz::require;
namespace grammar = torntape::grammar;

namespace {

// What is in small letters throughout is read in capitals: nothing else is changed.
void require_source(grammar::Message const& message, grammar::View source) {
  if (!message.small_letters) return require(message.source == source, "the source is what was given");
  require(message.small_letters->received == source, "small letters are kept");
  require(message.source.size() == source.size(), "capitals stand where small letters stood");
}

// In order, without a gap: each byte is in exactly one line.
void require_lines(grammar::Message const& message, grammar::View source) {
  auto const* end = source.data();
  for (auto const& line : message.lines) {
    require(line.text.data() == end, "a line begins where the one before ended");
    require(line.ending.data() == line.text.data() + line.text.size(), "a line's ending follows its text");
    end = line.ending.data() + line.ending.size();
  }
  require(end == source.data() + source.size(), "the lines are the source");
}

// in_words writes every view as an offset from the source and a length.
void require_views(std::string const& words, std::size_t size) {
  for (std::size_t plus = words.find('+'); plus != std::string::npos; plus = words.find('+', plus + 1)) {
    auto const begin = words.rfind(' ', plus) + 1;
    auto const offset = std::strtoll(words.c_str() + begin, nullptr, 10);
    auto const length = std::strtoull(words.c_str() + plus + 1, nullptr, 10);
    require(offset >= 0 && static_cast<std::size_t>(offset) + length <= size,
            "a part lies within the source");
  }
}

void require_tokens(grammar::Message const& message, grammar::View source) {
  auto const* end = source.data();
  for (auto const& token : grammar::tokens(message)) {
    require(!token.text.empty() && token.text.data() >= end, "tokens stand in order and hold something");
    end = token.text.data() + token.text.size();
  }
  require(end <= source.data() + source.size(), "tokens lie within the source");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static grammar::Parser used;
  // A copy without a byte after it: what reads on is caught.
  std::string const text(reinterpret_cast<char const*>(data), size);
  auto const source = grammar::View(text);
  grammar::Parser fresh;
  auto const& message = fresh.parse(source);
  require_source(message, source);
  require_lines(message, message.source);
  auto const words = torntape::bench::in_words(message);
  require_views(words, size);
  require_tokens(message, message.source);
  require(torntape::bench::in_words(used.parse(source)) == words, "a parser used again reads as a new one");
  return 0;
}
