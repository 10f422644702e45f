// Octets of a circuit, in any alphabet: decoded, framed as an archive and as a live circuit, read and judged.
// What is decoded is encoded as it was, every character of the tape has its place, and a finding points into
// the tape.
#include <cstdint>
#include <string>

#include "fuzz/require.hpp"
#include "grammar/alphabets/capture.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/transmission.hpp"
#include "grammar/circuit_framing.hpp"
#include "grammar/framing.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

using torntape::fuzz::require;
namespace grammar = torntape::grammar;
using grammar::Alphabet;
using grammar::View;

namespace {

grammar::Coding coding_of(std::uint8_t byte) {
  grammar::Coding coding;
  constexpr Alphabet alphabets[]{Alphabet::ita2, Alphabet::ita2_us, Alphabet::ia5};
  coding.alphabet = alphabets[byte % 3];
  if (coding.alphabet != Alphabet::ia5 && byte / 3 % 2 != 0) coding.packing = grammar::ita2::Packing::tight;
  return coding;
}

void require_the_way_back(View octets, View tape, grammar::Coding coding) {
  if (coding.alphabet == Alphabet::ia5) coding.parity = grammar::ia5::parity_of(octets.substr(0, 1024));
  std::string again;
  grammar::TapeEncoder encoder{coding};
  require(encoder.encode(tape, again).empty(), "what was decoded can be encoded");
  encoder.finish(again);
  if (coding.alphabet == Alphabet::ia5) return require(again == octets, "IA5 comes back");
  require(again.size() == octets.size(), "as many octets come back");
  auto const tape_again = grammar::decoded(again, coding);
  require(tape_again == tape, "and decode to the same");
}

void require_places(grammar::Message const& message) {
  auto const& capture = *message.capture;
  require(capture.text().size() <= capture.tape().size(), "no character comes from nowhere");
  require(capture.on_tape(capture.text().size()) == capture.tape().size(), "the text ends with the tape");
  for (auto const& line : message.lines) {
    auto const [offset, length] = grammar::where_received(message, line.text);
    require(offset + length <= capture.tape().size(), "a line lies within the tape");
  }
}

void read(View tape, Alphabet alphabet) {
  static grammar::Parser parser;
  static torntape::validator::Checker checker;
  grammar::Settings settings;
  settings.alphabet = alphabet;
  grammar::Framer framer{alphabet};
  framer.feed(tape);
  framer.finish();
  std::size_t offset = 0;
  while (auto const frame = framer.next()) {
    require(frame->position.offset == offset, "the frames are the tape");
    offset += frame->bytes.size();
    auto const& message = parser.parse(frame->bytes, settings, frame->position);
    require_places(message);
    for (auto const& finding : checker.check(message)) {
      auto const begin = finding.span.offset - frame->position.offset;
      require(begin + finding.span.length <= frame->bytes.size(), "a finding lies within its message");
    }
    static_cast<void>(grammar::transmission(message, alphabet));
  }
  require(offset == tape.size(), "no character is left over");
}

void frame_live(View tape, Alphabet alphabet) {
  grammar::CircuitFramer::Options options;
  options.alphabet = alphabet;
  grammar::CircuitFramer whole{options}, bytewise{options};
  whole.feed(tape);
  whole.flush();
  auto at_once = whole.next();
  auto const compare = [&] {
    while (auto const frame = bytewise.next()) {
      require(at_once && at_once->bytes == frame->bytes && at_once->ending == frame->ending &&
                  at_once->position.offset == frame->position.offset,
              "the same frames, byte by byte");
      at_once = whole.next();
    }
  };
  for (char const c : tape) {
    bytewise.feed({&c, 1});
    compare();
  }
  bytewise.flush();
  compare();
  require(!at_once && whole.noise() == bytewise.noise(), "and no other");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  auto const coding = coding_of(data[0]);
  View const octets(reinterpret_cast<char const*>(data + 1), size - 1);
  auto const tape = grammar::decoded(octets, coding);
  require_the_way_back(octets, tape, coding);
  read(tape, coding.alphabet);
  frame_live(tape, coding.alphabet);
  return 0;
}
