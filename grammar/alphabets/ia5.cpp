#include "grammar/alphabets/ia5.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar::ia5 {
namespace {

constexpr std::size_t enough = 1024;  // octets to tell the parity from
constexpr std::array parities{Parity::space, Parity::even, Parity::odd, Parity::mark};

// Seven bits with their parity.
constexpr char with(Parity parity, char character) {
  bool const odd = std::popcount(static_cast<unsigned char>(character)) % 2 != 0;
  bool const set =
      parity == Parity::mark || (parity == Parity::even && odd) || (parity == Parity::odd && !odd);
  return set ? tape::unprinted(character) : character;
}

constexpr bool fits(Parity parity, char octet) { return with(parity, tape::low(octet)) == octet; }

void strip(View octets, Parity parity, std::string& tape) {
  for (char const octet : octets)
    tape += fits(parity, octet) ? tape::low(octet) : tape::unprinted(tape::low(octet));
}

}  // namespace

Parity parity_of(View octets) {
  auto const fitting = [&](Parity parity) {
    return std::ranges::count_if(octets, [&](char octet) { return fits(parity, octet); });
  };
  return *std::ranges::max_element(parities, {}, fitting);
}

void Decoder::decode(View octets, std::string& tape) {
  if (!parity_) {
    auto const taken = octets.substr(0, enough - first_.size());
    first_.append(taken);
    octets.remove_prefix(taken.size());
    if (first_.size() < enough) return;
    finish(tape);
  }
  strip(octets, *parity_, tape);
}

void Decoder::finish(std::string& tape) {
  if (parity_) return;
  parity_ = parity_of(first_);
  strip(first_, *parity_, tape);
  first_.clear();
}

std::string encode(View tape, Parity parity) {
  std::string octets;
  octets.reserve(tape.size());
  for (char const c : tape) {
    auto const octet = with(parity, tape::low(c));
    octets += tape::is_high(c) ? static_cast<char>(static_cast<unsigned char>(octet) ^ 0x80U) : octet;
  }
  return octets;
}

}  // namespace torntape::grammar::ia5
