// Where a switch listens, and where its clients look for it.
#pragma once

#include <cstdint>

#include "directory/endpoint.hpp"

namespace torntape::service {

using directory::Endpoint;
using directory::read_endpoint;
using directory::to_string;

inline constexpr std::uint16_t default_protobuf_port = 12701;
inline constexpr std::uint16_t default_http_port = 12780;

}  // namespace torntape::service
