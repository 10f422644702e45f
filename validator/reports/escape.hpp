// Text inside other notations.
#pragma once

#include <string>
#include <string_view>

namespace torntape::validator::reports {

// A JSON string, in quotation marks; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string quoted(std::string_view text);

// Text for XML and HTML, in elements and in attributes: marks escaped, and what XML cannot hold is U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace torntape::validator::reports
