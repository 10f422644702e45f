// One connection to the Protobuf port.
#pragma once

#include <functional>
#include <memory>

#include "router/service/connection.hpp"
#include "router/service/floor.hpp"
#include "router/service/stream.hpp"

namespace torntape::service {

// Starts a session on a stream, ready to be read, whose executor is a strand. `ended` is called when it is
// over.
[[nodiscard]] std::shared_ptr<Connection> start_protobuf_session(std::unique_ptr<Stream> stream, Floor& floor,
                                                                 relay::ReaderId reader,
                                                                 std::function<void()> ended);

}  // namespace torntape::service
