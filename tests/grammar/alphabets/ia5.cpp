#include "grammar/alphabets/ia5.hpp"

#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar::ia5 {
namespace {

std::string const heading =
    "VZCZCXRO3820     \r\r\nPP RUEHBI RUEHCI\r\r\nDE RUEHTA #1399/01 2290141\r\r\nZNY CCCCC ZZH\r\r\n";

std::string decoded(View octets) {
  std::string tape;
  Decoder decoder;
  decoder.decode(octets, tape);
  decoder.finish(tape);
  return tape;
}

}  // namespace

TEST_CASE("the parity that fits is told from the octets and taken off") {
  for (auto const parity : {Parity::space, Parity::even, Parity::odd, Parity::mark}) {
    auto const octets = encode(heading, parity);
    CHECK(parity_of(octets) == parity);
    CHECK(decoded(octets) == heading);
  }
  CHECK(encode("AC", Parity::even) == "A\xC3");
  CHECK(encode("AC", Parity::odd) ==
        "\xC1"
        "C");
}

TEST_CASE("a character of wrong parity is marked at its place, and encoded as it was") {
  for (auto const parity : {Parity::space, Parity::even, Parity::odd, Parity::mark}) {
    auto octets = encode(heading, parity);
    octets[3] = static_cast<char>(static_cast<unsigned char>(octets[3]) ^ 0x80U);
    auto expected = heading;
    expected[3] = tape::unprinted('Z');
    CHECK(decoded(octets) == expected);
    CHECK(encode(expected, parity) == octets);
  }
}

TEST_CASE("octets cut anyhow decode the same, one character an octet, and come back") {
  CHECK(rc::check([] {
    auto const parity = *rc::gen::element(Parity::space, Parity::even, Parity::odd, Parity::mark);
    auto octets = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    while (*rc::gen::arbitrary<bool>()) octets += encode(heading, parity);
    std::string cut;
    Decoder decoder;
    auto const at = *rc::gen::inRange<std::size_t>(0, octets.size() + 1);
    for (char const octet : octets.substr(0, at)) decoder.decode({&octet, 1}, cut);
    decoder.decode(View(octets).substr(at), cut);
    decoder.finish(cut);
    RC_ASSERT(cut == decoded(octets));
    RC_ASSERT(cut.size() == octets.size());
    RC_ASSERT(encode(cut, *decoder.parity()) == octets);
  }));
}

}  // namespace torntape::grammar::ia5
