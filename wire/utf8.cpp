#include "wire/utf8.hpp"

#include <cstddef>

namespace torntape::wire {
namespace {

unsigned at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
}

bool continues(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed character at the start of the text, or 0.
std::size_t character(std::string_view text) {
  auto const first = at(text, 0), second = at(text, 1);
  if (first < 0x80) return 1;
  if (!continues(second)) return 0;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (!continues(at(text, 2))) return 0;
  bool const overlong3 = first == 0xE0 && second < 0xA0;
  bool const surrogate = first == 0xED && second > 0x9F;
  if (first >= 0xE0 && first <= 0xEF) return overlong3 || surrogate ? 0 : 3;
  if (!continues(at(text, 3))) return 0;
  bool const overlong4 = first == 0xF0 && second < 0x90;
  bool const beyond = first == 0xF4 && second > 0x8F;
  if (first >= 0xF0 && first <= 0xF4) return overlong4 || beyond ? 0 : 4;
  return 0;
}

}  // namespace

std::string utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const length = character(text);
    out.append(length == 0 ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace torntape::wire
