#include "grammar/alphabets/coding.hpp"

#include <algorithm>

#include "grammar/alphabets/tape.hpp"

namespace torntape::grammar {
namespace {

constexpr std::size_t looked_at = 4096;  // octets that tell what an input is

}  // namespace

std::string name(Coding coding) {
  std::string words{name(coding.alphabet)};
  return coding.packing == ita2::Packing::tight ? words + "-packed" : words;
}

Coding recognise_coding(View octets) {
  auto const [likeness, alphabet] = ita2::recognise(octets.substr(0, looked_at));
  Coding coding;
  if (likeness == ita2::Likeness::certain) coding.alphabet = alphabet;
  return coding;
}

TapeDecoder::TapeDecoder(Coding coding) {
  if (is_ita2(coding.alphabet))
    decoder_ = ita2::Decoder{coding.alphabet, coding.packing};
  else if (coding.alphabet == Alphabet::ia5)
    decoder_ = ia5::Decoder{};
}

void TapeDecoder::decode(View octets, std::string& tape) {
  if (auto* const five = std::get_if<ita2::Decoder>(&decoder_))
    five->decode(octets, tape);
  else if (auto* const seven = std::get_if<ia5::Decoder>(&decoder_))
    seven->decode(octets, tape);
  else
    tape.append(octets);
}

void TapeDecoder::finish(std::string& tape) {
  if (auto* const seven = std::get_if<ia5::Decoder>(&decoder_)) seven->finish(tape);
}

std::string decoded(View octets, Coding coding) {
  std::string tape;
  TapeDecoder decoder{coding};
  decoder.decode(octets, tape);
  decoder.finish(tape);
  return tape;
}

TapeEncoder::TapeEncoder(Coding coding) : coding_(coding), ita2_(coding.alphabet, coding.packing) {}

std::vector<std::size_t> TapeEncoder::encode(View tape, std::string& octets) {
  if (is_ita2(coding_.alphabet)) return ita2_.encode(tape, octets);
  octets += coding_.alphabet == Alphabet::ia5 ? ia5::encode(tape, coding_.parity) : std::string{tape};
  return {};
}

void TapeEncoder::finish(std::string& octets) {
  if (is_ita2(coding_.alphabet)) ita2_.finish(octets);
}

}  // namespace torntape::grammar
