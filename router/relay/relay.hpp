// The switch as a pure machine: no clock, no socket, no disk, no Protobuf.
//
// One class runs behind the sockets of `serve` and on the virtual clock of a simulation. Restart is a
// replay of committed records with `apply`. Leases live here only: a restart ends them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "router/network/routes.hpp"
#include "router/relay/event.hpp"

namespace torntape::relay {

struct Limits {
  std::size_t messages = 10'000'000;  // not yet settled
  std::size_t queues = 100'000;
  std::size_t copies_handed = 1'000;   // at once to one question
  std::size_t questions = 10'000;      // waiting
  Duration lease{3'600'000};           // at most
  Duration wait{60'000};               // at most
};

struct LaneDepth {
  grammar::AddresseeKind kind{};
  grammar::Precedence precedence{};
  std::size_t waiting = 0, handed_out = 0;
};
struct QueueDepth {
  std::string name;
  std::vector<LaneDepth> lanes;  // that hold something, in order of collection
  std::optional<Now> oldest;     // acceptance of the oldest copy not acknowledged
};
enum class CopyState : std::uint8_t { waiting, handed_out, settled };
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

  void apply(Record const& record);                            // restart = replay
  void handle(Event const& event, Now now, Outcome& outcome);  // decide, apply, append
  [[nodiscard]] std::optional<Now> wake_at() const;  // when the caller must send a Tick

  // Looks, without effect.
  [[nodiscard]] std::vector<QueueDepth> queues() const;
  [[nodiscard]] std::optional<QueueDepth> queue(std::string_view name) const;
  [[nodiscard]] std::vector<HandedCopy> peek(std::string_view queue, std::size_t max, bool action,
                                             bool info) const;
  [[nodiscard]] CopyStatus status(CopyId id, EnvelopeCopy const& copy) const;
};

}  // namespace torntape::relay
