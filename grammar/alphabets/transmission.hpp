// A message as a circuit carries it, with the functions that are prescribed beside its characters.
#pragma once

#include <string>

#include "grammar/alphabets/alphabet.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar {

// In tape notation (tape.hpp), for an encoder: the message as `print` has it for the wire, and
//
//   FIGS JJJJJSSSSS LTRS    before the prosign ZZ of an acp127 heading (ACP 127(G) 137.e, 151.b)
//   LTRS                    after a Julian filing time in FL3 (138.g, 138.h)
//   2CR 4LF                 before a page (138.c)
//   2CR 8LF NNNN 12LTRS     at the end (114, 138.d); IA5 has 12 DEL in their place
//
// FIGS before figures and LTRS before letters are the encoder's.
[[nodiscard]] std::string transmission(Message const& message, Alphabet alphabet);

}  // namespace torntape::grammar
