// The message inside a mail.
#pragma once

#include <string>
#include <string_view>

namespace torntape::receive {

// What follows the header, decoded (7bit, 8bit, base64, quoted-printable); of a mail in several parts the
// first that is text. Lines end in LF.
[[nodiscard]] std::string text_of_mail(std::string_view mail);

}  // namespace torntape::receive
