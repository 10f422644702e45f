// An envelope as it is kept: torntape.store.v1.Envelope.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "router/relay/event.hpp"

namespace torntape::store {

namespace v1 {
class Envelope;
class EnvelopeCopy;
}  // namespace v1

[[nodiscard]] std::string encode(relay::Envelope const& envelope);
// None where the bytes are damaged. The number is the key under which they were kept.
[[nodiscard]] std::optional<relay::Envelope> decode(relay::MessageNumber number, std::string_view bytes);

// The same as a part of something larger.
void write(relay::Envelope const& envelope, v1::Envelope& kept);
void write(relay::EnvelopeCopy const& copy, v1::EnvelopeCopy& kept);
[[nodiscard]] std::optional<relay::Envelope> read(relay::MessageNumber number, v1::Envelope const& kept);
[[nodiscard]] std::optional<relay::EnvelopeCopy> read(v1::EnvelopeCopy const& kept);

}  // namespace torntape::store
