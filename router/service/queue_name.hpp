// The queue that a client means.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <torntape/v1/switch.pb.h>

#include "directory/network.hpp"

namespace torntape::service {

// A queue goes by its station's routing indicator. A plain language address that one station of the
// directory has stands for its indicator; of several the refusal names them. Everything else stays as asked.
[[nodiscard]] std::variant<std::string, v1::Refusal> queue_name(std::string_view asked,
                                                                directory::Directory const* directory);

}  // namespace torntape::service
