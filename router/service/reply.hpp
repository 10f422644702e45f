// What the switch answers to an event or a question.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "router/relay/event.hpp"
#include "router/relay/relay.hpp"

namespace torntape::service {

// Questions: they change nothing.
struct QueuesAsked {
  std::optional<std::string> queue;  // only this one
};
struct PeekAsked {
  std::string queue;
  std::size_t max = 1;
  bool action = true, info = true;
};
struct StatusAsked {
  relay::Envelope envelope;
};
using Question = std::variant<QueuesAsked, PeekAsked, StatusAsked>;

// Answers to them.
struct Queues {
  std::vector<relay::QueueDepth> queues;
  std::vector<relay::CircuitStatus> circuits = {};  // where all was asked for
};
struct Peeked {
  std::vector<relay::HandedCopy> copies;
};
struct Statuses {
  std::vector<relay::CopyStatus> copies;
};

// Could not be made durable: nothing of it happened.
struct Unsaved {
  std::string message;
};

using Reply = std::variant<relay::Accept, relay::Refuse, relay::Hand, relay::Done, relay::Send,
                           relay::Interrupt, Queues, Peeked, Statuses, Unsaved>;

// Called once (that of a `CircuitUp` for each transmission, until the circuit is down), on a thread of the
// switch: must neither block nor throw.
using Answer = std::function<void(Reply)>;

}  // namespace torntape::service
