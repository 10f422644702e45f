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
  Duration told{10'000};              // for the far end of a circuit to tell what it has heard
  Duration idle_check{1'800'000};     // after so long without traffic a relay tells what it has heard (RT-17)
  Duration flash_receipt{120'000};    // within which a receipt is expected (RT-78)
  Duration outage{300'000};     // for which a circuit is down before its traffic goes another way (RT-57)
  std::size_t backlog = 1'000;  // copies that wait for a circuit; those before go another way too
};

struct CopyStatus {
  CopyId id;
  EnvelopeCopy copy;
  std::uint32_t attempts = 0;
  CopyState state = CopyState::waiting;
};

struct CircuitStatus {
  std::string name, far_end, sending_channel, receiving_channel;
  bool up = false;
  std::optional<ChannelNumber> last_sent, last_heard;
  std::size_t unconfirmed = 0;  // transmissions that the far end has not yet told of
  bool closed = false;          // by an operator
  bool out = false;             // down, and its traffic goes over alternates where it may (RT-57)
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
  [[nodiscard]] std::size_t messages() const;                 // not yet settled
  [[nodiscard]] std::vector<CircuitStatus> circuits() const;  // that end here, by name

  // The next message over the circuit goes out under this number, the opening of the line under the one
  // before. Before the first event.
  void prime(std::string_view circuit, ChannelNumber next);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace torntape::relay
