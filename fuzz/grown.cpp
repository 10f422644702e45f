// Work grows with the length: a short input is repeated to 64 KiB and read, judged and
// framed. Whatever is not linear goes past libFuzzer's -timeout, which script/fuzz sets to a hundred times
// the usual.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "grammar/framing.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace grammar = torntape::grammar;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  constexpr std::size_t length = 64 * 1024;
  if (size < 2) return 0;
  // The first byte says how much of the input stands once, in front.
  std::string const input(reinterpret_cast<char const*>(data + 1), size - 1);
  auto const once = input.size() * data[0] / 256;
  auto text = input.substr(0, once);
  while (text.size() < length) text.append(input, once);
  static grammar::Parser parser;
  static torntape::validator::Checker checker;
  static_cast<void>(checker.check(parser.parse(text)));
  grammar::Framer framer;
  for (std::size_t at = 0; at < text.size(); at += 4096) {
    framer.feed(grammar::View(text).substr(at, 4096));
    while (framer.next()) {
    }
  }
  framer.finish();
  return 0;
}
