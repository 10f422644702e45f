// One connection to the Protobuf port.
#pragma once

#include <functional>
#include <memory>

#include "router/service/connection.hpp"
#include "router/service/floor.hpp"

namespace torntape::service {

// Starts a session on a socket whose executor is a strand. `ended` is called when it is over.
[[nodiscard]] std::shared_ptr<Connection> start_protobuf_session(Socket socket, Floor& floor,
                                                                 relay::ReaderId reader,
                                                                 std::function<void()> ended);

}  // namespace torntape::service
