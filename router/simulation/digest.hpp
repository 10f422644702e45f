// Not for secrets: tells texts apart, the same on every machine.
#pragma once

#include <cstdint>
#include <string_view>

#include "router/relay/event.hpp"

namespace torntape::simulation {

// FNV-1a, carried on from `state`.
[[nodiscard]] constexpr std::uint64_t fnv(std::string_view text,
                                          std::uint64_t state = 14695981039346656037U) {
  for (auto const letter : text) state = (state ^ static_cast<unsigned char>(letter)) * 1099511628211U;
  return state;
}

// Of a message. Seen by nobody but the relays: it may differ between machines.
[[nodiscard]] relay::Digest digest_of(std::string_view text);

}  // namespace torntape::simulation
