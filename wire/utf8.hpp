// Protobuf's strings are UTF-8, the bytes of a message are whatever the line brought.
#pragma once

#include <string>
#include <string_view>

namespace torntape::wire {

// The text, every byte that is no part of well-formed UTF-8 (RFC 3629) replaced by U+FFFD.
[[nodiscard]] std::string utf8(std::string_view text);

}  // namespace torntape::wire
