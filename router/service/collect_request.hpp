// A CollectRequest as the switch takes it, whichever port it came by.
#pragma once

#include <optional>
#include <string>

#include <torntape/v1/switch.pb.h>

#include "router/relay/event.hpp"

namespace torntape::service {

// What is asked for that there is not, in words.
[[nodiscard]] std::optional<std::string> beyond_limits(v1::CollectRequest const& request);
// Of a request within the limits.
[[nodiscard]] relay::Asked asked(v1::CollectRequest const& request, relay::ReaderId reader);

}  // namespace torntape::service
