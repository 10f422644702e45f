// Addressees as rules look at them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "validator/findings.hpp"

namespace torntape::validator {

// From the indicator (or ZEN) to the last group.
[[nodiscard]] View whole_address(grammar::Addressee const& addressee);

// The source line that holds the address.
[[nodiscard]] View line_text(Message const& message, grammar::Addressee const& addressee);

// The last line of FL7 and FL8; absent where there is no addressee.
[[nodiscard]] View end_of_list(Message const& message);

// "JOINT STAFF WASHDC" of "JOINT STAFF WASHDC//J3/J5//".
[[nodiscard]] View without_offices(View plain_language_address);

// A collective or an AIG, by its title ("ALL DIPLOMATIC POSTS", "AIG 9901") or, where there is a directory,
// by its entry.
[[nodiscard]] bool is_group(grammar::Addressee const& addressee, Site const& site);
// The same by the title alone, somewhere in the list.
[[nodiscard]] bool names_collective(Message const& message);

// Addressed by this name.
[[nodiscard]] bool names(Message const& message, View plain_language_address);

// An address indicating group: "AIG 9901", and "AIG9901", which lacks its blank (ACP 127(G) 205.c).
[[nodiscard]] bool is_address_indicating_group(View plain_language_address);

// What leaves an addressee out of its list; nothing where its line holds another one too.
[[nodiscard]] std::vector<Change> without_addressee(Message const& message, std::size_t index);

// "P" for PRIORITY; empty for none.
[[nodiscard]] std::string letter_of(Precedence precedence);

}  // namespace torntape::validator
