// The class of a message: the letter of FL4 and the words of the text.
#pragma once

#include <string>

#include "validator/rule.hpp"

namespace torntape::validator {

// The letter of the security group of FL4 ('C' of "CCCCC", "CCCAA"), or 0 where the group is not well formed.
[[nodiscard]] char class_letter(Message const& message);

// The two letters that follow three of the class ("AC" of "SSSAC"); absent where there is no such code.
[[nodiscard]] View release_code(Message const& message);

// The class the words at the head of the text stand for: "UNCLAS", "CONFIDENTIAL", "TOP SECRET"; empty where
// they cannot be read.
[[nodiscard]] View class_name(Message const& message);

// A class as the first words of a text have it: classified ones letter by letter (ACP 127(G) 209.a).
[[nodiscard]] std::string spelled(View class_name);

// The words without their blanks.
[[nodiscard]] std::string squeezed(View words);

}  // namespace torntape::validator
