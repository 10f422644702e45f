#include "grammar/alphabets/ita2.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar::ita2 {
namespace {

std::string decoded(View octets, Alphabet alphabet = Alphabet::ita2, Packing packing = Packing::octets) {
  std::string text;
  Decoder{alphabet, packing}.decode(octets, text);
  return text;
}

std::string encoded(View text, Alphabet alphabet = Alphabet::ita2, Packing packing = Packing::octets) {
  std::string octets;
  Encoder encoder{alphabet, packing};
  CHECK(encoder.encode(text, octets).empty());
  encoder.finish(octets);
  return octets;
}

// A combination by its impulses, as ACP 127(G) 140 tells them.
char impulses(std::string_view numbers) {
  unsigned bits = 0;
  for (char const n : numbers) bits |= 1U << static_cast<unsigned>(n - '1');
  return static_cast<char>(bits);
}

auto any_octets() { return rc::gen::container<std::string>(rc::gen::arbitrary<char>()); }
auto any_alphabet() { return rc::gen::element(Alphabet::ita2, Alphabet::ita2_us); }
auto any_packing() { return rc::gen::element(Packing::octets, Packing::tight); }

std::string const printable = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \r\n-?:().,/";

}  // namespace

TEST_CASE("letters, figures and functions are sent by the impulses of the table") {
  std::vector<std::pair<char, std::string_view>> const table{
      {'A', "12"},          {'B', "145"}, {'C', "234"}, {'D', "14"},   {'E', "1"},    {'F', "134"},
      {'G', "245"},         {'H', "35"},  {'I', "23"},  {'J', "124"},  {'K', "1234"}, {'L', "25"},
      {'M', "345"},         {'N', "34"},  {'O', "45"},  {'P', "235"},  {'Q', "1235"}, {'R', "24"},
      {'S', "13"},          {'T', "5"},   {'U', "123"}, {'V', "2345"}, {'W', "125"},  {'X', "1345"},
      {'Y', "135"},         {'Z', "15"},  {'\r', "4"},  {'\n', "2"},   {' ', "3"},    {tape::blank, ""},
      {tape::ltrs, "12345"}};
  for (auto const& [character, numbers] : table) {
    INFO(character);
    CHECK(encoded({&character, 1}) == std::string(1, impulses(numbers)));
    CHECK(decoded(encoded({&character, 1})) == std::string(1, character));
  }
  std::string const figures = "-?:3815()., 90142760/ ";
  std::string const same_key = "ABCEIQTKLMN OPQRWUYPX ";
  auto const octets = encoded(figures);
  REQUIRE(octets.front() == impulses("1245"));
  CHECK(decoded(octets.substr(1)) == same_key);
}

TEST_CASE("shifts stand where a character would not print otherwise, and nowhere else") {
  using namespace std::string_literals;
  CHECK(decoded(encoded("XRO3820 5\r\nA")) ==
        "XRO\x0E"
        "3820 5\r\n\x0F"
        "A");
  // Those that the tape has of its own stay, also where they change nothing.
  CHECK(decoded(encoded("A\x0F\x0F"
                        "B\x0E\x0E"
                        "1")) ==
        "A\x0F\x0F"
        "B\x0E\x0E"
        "1");
  CHECK(decoded(encoded("small")) == "SMALL");
}

TEST_CASE("the upper case of D F G H J S V Z is named, not printed; U.S. machines have signs there") {
  std::string octets = encoded("\x0E");
  for (View const key : {"D", "F", "G", "H", "J", "S", "V", "Z"}) octets += encoded(key);
  CHECK(decoded(octets) == "\x0E\xC4\xC6\xC7\xC8\a\xD3\xD6\xDA");
  CHECK(decoded(octets, Alphabet::ita2_us) == "\x0E$!&#'\a;\"");
  CHECK(encoded("DE RTBAKV #0512", Alphabet::ita2_us).size() == 16);
}

TEST_CASE("what the alphabet has not is left out, and its place told") {
  std::string octets;
  Encoder encoder;
  CHECK(encoder.encode("A#B\xC1"
                       "C@",
                       octets) == std::vector<std::size_t>{1, 3, 5});
  CHECK(decoded(octets) == "ABC");
}

TEST_CASE("whatever was decoded is encoded as it was, and cut anyhow it decodes the same") {
  CHECK(rc::check([] {
    auto const octets = *any_octets();
    auto const alphabet = *any_alphabet();
    auto const packing = *any_packing();
    auto const whole = decoded(octets, alphabet, packing);
    std::string cut;
    Decoder decoder{alphabet, packing};
    auto const at = *rc::gen::inRange<std::size_t>(0, octets.size() + 1);
    for (char const octet : octets.substr(0, at)) decoder.decode({&octet, 1}, cut);
    decoder.decode(View(octets).substr(at), cut);
    RC_ASSERT(cut == whole);
    auto again = encoded(whole, alphabet, packing);
    if (packing == Packing::octets) {
      RC_ASSERT(whole.size() == octets.size());
      auto low = octets;
      for (auto& octet : low) octet = static_cast<char>(static_cast<unsigned char>(octet) & 0x1FU);
      RC_ASSERT(again == low);
    } else {
      RC_ASSERT(whole.size() == octets.size() * 8 / 5);
      RC_ASSERT(again.size() == octets.size());
      RC_ASSERT(decoded(again, alphabet, packing) == whole);
    }
  }));
}

TEST_CASE("any text of the alphabet comes back, but for the shifts") {
  CHECK(rc::check([] {
    auto const text = *rc::gen::container<std::string>(rc::gen::elementOf(printable));
    auto const alphabet = *any_alphabet();
    auto const packing = *any_packing();
    RC_ASSERT(tape::printed(decoded(encoded(text, alphabet, packing), alphabet, packing), alphabet) == text);
  }));
}

TEST_CASE("packed, the first impulse is the lowest bit and combinations follow each other upwards") {
  // A is 12, T is 5: 00011 and 10000 make 10 0000 0011 from the lowest bit on.
  CHECK(encoded("AT", Alphabet::ita2, Packing::tight) == std::string("\x03\x02"));
}

TEST_CASE("octets are taken for this alphabet only where they are certain to be it") {
  auto const message = encoded("VZCZCXRO093     \r\r\nPP RTCAQB\r\r\nDE RTBAKV 115 2310941\r\r\n");
  CHECK(recognise(message).likeness == Likeness::certain);
  CHECK(recognise(message).alphabet == Alphabet::ita2);
  auto const us = encoded("VZCZCXRO3820\r\r\nDE RUEHTA #1399/01 2290141\r\r\n", Alphabet::ita2_us);
  CHECK(recognise(us).alphabet == Alphabet::ita2_us);
  auto const no_start = encoded("PP RTCAQB\r\r\nDE RTBAKV 115 2310941\r\r\nZNR UUUUU\r\r\n");
  CHECK(recognise(no_start).likeness == Likeness::possible);
  for (std::string const& text :
       {std::string("VZCZCXRO0001\r\nPP RUEHC\r\nDE RTBAKV #0001 2310941\r\n"), std::string(4000, '\n'),
        std::string(4000, '\0'), std::string("\r\n\r\n"), std::string(), message.substr(0, 20)})
    CHECK(recognise(text).likeness == Likeness::none);
}

}  // namespace torntape::grammar::ita2
