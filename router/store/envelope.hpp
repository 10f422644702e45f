// An envelope as bytes on disk: torntape.store.v1.Envelope.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "router/relay/event.hpp"

namespace torntape::store {

[[nodiscard]] std::string encode(relay::Envelope const& envelope);
// None where the bytes are damaged. The number is the key under which they were kept.
[[nodiscard]] std::optional<relay::Envelope> decode(relay::MessageNumber number, std::string_view bytes);

}  // namespace torntape::store
