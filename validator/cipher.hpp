// Texts of cipher groups, which FL10 counts (ACP 127(G) 208.g), and the codress, which hides its address in
// one (146, 218).
#pragma once

#include <optional>

#include "validator/rule.hpp"

namespace torntape::validator {

// How many groups the text has; none where it is no text of groups of one length, all letters or all digits,
// or where its end is missing. Labels of pages and sections do not count.
[[nodiscard]] std::optional<unsigned> count_cipher_groups(Message const& message);

// Makes the text one of four groups; false where there is none.
bool put_cipher(Draft& draft);

// Makes a codress of the message, its text one of four groups; false where it is no plaindress.
bool make_codress(Draft& draft, bool counted);

}  // namespace torntape::validator
