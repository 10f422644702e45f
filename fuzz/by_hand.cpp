// A second opinion: where the parser written by hand reads a heading and the grammar finds nothing odd in it,
// both say the same of every field. Made-up headings are clean, so both must read them; then tokens of the
// input are put in their place.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>

#include "bench/grammar/subject/family.hpp"
#include "fuzz/require.hpp"
#include "grammar/parser.hpp"

using torntape::fuzz::require;
namespace bench = torntape::bench;
namespace grammar = torntape::grammar;

namespace {

grammar::Parser parser;
grammar::Message by_hand;

bool read_by_hand(bench::Family const& family, std::string const& heading) {
  if (!family.hand_written(heading, by_hand)) return false;
  auto const& ours = parser.parse(heading);
  if (!ours.oddities.empty()) return true;
  auto const expected = bench::in_words(by_hand), got = bench::in_words(ours);
  if (expected != got)
    std::fprintf(stderr, "%s\nby hand:\n%s\nby the grammar:\n%s\n", heading.c_str(), expected.c_str(),
                 got.c_str());
  require(expected == got, "both read the same");
  return true;
}

// The group at or after a place of the heading, replaced.
void replace_group(std::string& heading, std::size_t at, std::string_view by) {
  auto const begin = heading.find_last_of(" /\n#", at % heading.size());
  auto const from = begin == std::string::npos ? 0 : begin + 1;
  auto const to = std::min(heading.find_first_of(" /\n#", from), heading.size());
  heading.replace(from, to - from, by);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size < 2) return 0;
  auto const all = bench::families();
  auto const& family = all[data[0] % all.size()];
  std::string_view input(reinterpret_cast<char const*>(data + 2), size - 2);
  static_cast<void>(read_by_hand(family, std::string(input)));
  bench::Random random(data[1]);
  auto heading = family.heading(random);
  require(read_by_hand(family, heading) && parser.parse(heading).oddities.empty(),
          "a made-up heading is clean");
  // Two bytes of place, then a group up to the next blank.
  while (input.size() > 2 && !heading.empty()) {
    auto const place = static_cast<std::size_t>(static_cast<unsigned char>(input[0])) * 256 +
                       static_cast<unsigned char>(input[1]);
    input.remove_prefix(2);
    auto const group = input.substr(0, input.find(' '));
    input.remove_prefix(std::min(input.size(), group.size() + 1));
    replace_group(heading, place, group);
    static_cast<void>(read_by_hand(family, heading));
  }
  return 0;
}
