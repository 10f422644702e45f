// The switch as a pure machine: no clock, no socket, no disk, no Protobuf.
//
// One class runs behind the sockets of `serve` and on the virtual clock of a simulation. Restart is a
// replay of committed records with `apply`. Leases live here only: a restart ends them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "router/network/routes.hpp"
#include "router/relay/event.hpp"
#include "router/relay/holdings.hpp"

namespace torntape::relay {

struct Limits {
  std::size_t messages = 10'000'000;  // not yet settled
  std::size_t queues = 100'000;
  std::size_t copies_handed = 1'000;  // at once to one question
  std::size_t questions = 10'000;     // waiting
  Duration lease{3'600'000};          // at most
  Duration wait{60'000};              // at most
};

struct CopyStatus {
  CopyId id;
  EnvelopeCopy copy;
  std::uint32_t attempts = 0;
  CopyState state = CopyState::waiting;
};

class Relay {
 public:
  // Without routes the switch is open: every addressee named gets a queue.
  Relay(std::shared_ptr<network::Routes const> routes, std::string here, Limits limits = {});
  Relay(Relay&&) noexcept;
  Relay& operator=(Relay&&) noexcept;
  ~Relay();

  void apply(Record const& record);                            // restart = replay
  void handle(Event const& event, Now now, Outcome& outcome);  // decide, apply, append
  [[nodiscard]] std::optional<Now> wake_at() const;            // when the caller must send a Tick

  // Looks, without effect. Known queues are those that hold a copy and, of a relay with a directory,
  // those of its stations.
  [[nodiscard]] std::vector<QueueDepth> queues() const;                        // by name
  [[nodiscard]] std::optional<QueueDepth> queue(std::string_view name) const;  // none where unknown
  // The copies waiting, in the order in which they would be handed out.
  [[nodiscard]] std::vector<HandedCopy> peek(std::string_view queue, std::size_t max, bool action,
                                             bool info) const;
  [[nodiscard]] CopyStatus status(CopyId id, EnvelopeCopy const& copy) const;
  [[nodiscard]] std::size_t messages() const;  // not yet settled

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace torntape::relay
