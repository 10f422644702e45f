// Who is who → the schema's relays and stations.
#pragma once

#include <torntape/v1/network.pb.h>

#include "directory/network.hpp"

namespace torntape::wire {

[[nodiscard]] v1::NetworkRelay to_proto(directory::Relay const& relay);
[[nodiscard]] v1::NetworkStation to_proto(directory::Station const& station);

}  // namespace torntape::wire
