// One connection of a circuit: transmissions as text, from start of message to NNNN, in both directions.
//
// Whoever dials knows which circuit it is; whoever was called learns it from the channel of the first
// transmission. What comes in is judged and handed to the relay; what the relay sends goes out one
// transmission after the other, and is cancelled on the line where the relay interrupts it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "router/service/connection.hpp"
#include "router/service/floor.hpp"
#include "router/service/stream.hpp"

namespace torntape::service {

// `circuit` is empty where the far end called. The stream's executor is a strand; `ended` is called when it
// is over.
[[nodiscard]] std::shared_ptr<Connection> start_circuit_session(std::unique_ptr<Stream> stream, Floor& floor,
                                                                relay::LineId line, std::string circuit,
                                                                std::function<void()> ended);

}  // namespace torntape::service
