// Tape notation: a capture of a circuit written so that every octet of it is one character, at the same
// offset. Decoders write it (ita2.hpp, ia5.hpp), encoders give the octets of it back; framing, places of
// findings and mends count in it. The parser reads past what prints nothing (capture.hpp).
//
//   A-Z 0-9 SP CR LF - ? : ( ) . , /    what is printed
//   SO, SI       FIGS, LTRS: the shifts of ITA2, by the names ASCII has for shifting out and in
//   NUL          BLANK: no impulse
//   BEL          the bell
//   80 + letter  ITA2: the upper case of a letter that has none (D F G H J S V Z); it prints nothing
//   80 + any     IA5: a character received with wrong parity
#pragma once

#include <string>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar::tape {

inline constexpr char figs = '\x0E';
inline constexpr char ltrs = '\x0F';
inline constexpr char blank = '\0';
inline constexpr char bell = '\a';
inline constexpr char deleted = '\x7F';  // IA5: all bits, which fill time as LTRS does

[[nodiscard]] constexpr bool is_shift(char c) { return c == figs || c == ltrs; }

// The upper case of a letter without one, and the letter again.
[[nodiscard]] constexpr char unprinted(char letter) {
  return static_cast<char>(static_cast<unsigned char>(letter) | 0x80U);
}
[[nodiscard]] constexpr bool is_high(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }
[[nodiscard]] constexpr char low(char c) { return static_cast<char>(static_cast<unsigned char>(c) & 0x7FU); }

// What prints nothing and moves nothing, in any alphabet: shifts and what fills time.
[[nodiscard]] constexpr bool is_filling(char c) { return is_shift(c) || c == blank || c == deleted; }

// A line as a printer would show it: without what prints nothing.
[[nodiscard]] std::string printed(View line, Alphabet alphabet);

}  // namespace torntape::grammar::tape
