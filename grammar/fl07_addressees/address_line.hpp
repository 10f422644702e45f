// One address line, as FL7, FL8 and FL9 have it. ACP 127(G) 206.a, Annex B FL7; 5 FAH-2 H-231.
//
//   addr = [ (ri | "ZEN") "/" ] plad [ SP precw ] [ SP num ]
//   plad = word { SP word } [ "//" office { "/" office } [ "//" ] ]
//   num  = 4*D [ "-" 4*D ]
//
//   RUEHC/SECSTATE WASHDC PRIORITY 6035
//
// A name may hold nearly anything, so the line is read from both ends: the indicator from the left, the
// number and the precedence from the right; what is left is the name.
#pragma once

#include <array>

#include "grammar/block.hpp"
#include "grammar/message.hpp"

namespace torntape::grammar::fl07 {

// Words with which names of posts, departments and address groups begin: such a line in a list is an
// address, and where an indicator has lost its slant the name is known to start here.
inline constexpr std::array<View, 13> first_words{
    "AMEMBASSY ", "AMCONSUL ", "AMCONGEN ", "USMISSION ", "USINT ", "USDEL ", "SECSTATE ",
    "SECDEF ",    "JOINT ",    "CIA ",      "DIA ",       "CDR ",   "AIG "};

// The letters before the first single slant, 1-9 of them; 0 where there is no such thing.
[[nodiscard]] std::size_t indicator_length(View line);

// Takes a word of precedence off the end of a name, into `addressee`.
void take_precedence(View& name, Addressee& addressee);

// Notes what rules want to know of the number of an addressee.
void note_number(Addressee const& addressee, Message& message);

// Reads an address of the common form: a whole indicator, a slant, a name, perhaps a precedence and four
// digits, in plain characters, and nothing that may be damage. False, and `addressee` of no use, for any
// other, which is read as below.
[[nodiscard]] bool read_common(View line, Places const& at, Addressee& addressee, Message& message);

// Reads one address into `addressee`, noting what was odd.
Reading read_address(View line, Addressee& addressee, Message& message);

}  // namespace torntape::grammar::fl07
