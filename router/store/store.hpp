// What must survive. A store commits records in groups, all or nothing, and gives them back at start.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "router/relay/event.hpp"

namespace torntape::store {

struct Failure {
  std::string message;  // in words, for the operator: "no space left on device"
};

class Store {
 public:
  Store() = default;
  Store(Store const&) = delete;
  Store& operator=(Store const&) = delete;
  virtual ~Store() = default;

  // Durable on return; on failure nothing of the group is kept. One thread commits.
  [[nodiscard]] virtual std::optional<Failure> commit(std::span<relay::Record const> records) = 0;

  // Every committed record that still matters, message by message in order of acceptance.
  [[nodiscard]] virtual std::optional<Failure> replay(
      std::function<void(relay::Record const&)> const& apply) = 0;

  // The text as received, and the envelope; any thread.
  struct Stored {
    relay::Envelope envelope;
    std::string text;
  };
  enum class Missing : std::uint8_t {
    unknown,  // no such message
    damaged,  // it is there, and not as it was written
  };
  [[nodiscard]] virtual std::variant<Stored, Missing> message(relay::MessageNumber number) = 0;

  // Messages accepted before `time` of which every copy is settled, from number `from` on, oldest first;
  // looks at `most` messages. Any thread. The last message is never among them: the numbers go on from it.
  struct Settled {
    std::vector<relay::Envelope> messages;
    relay::MessageNumber next = 0;  // where to go on; 0 where there are no more
  };
  [[nodiscard]] virtual Settled settled_before(relay::Now time, relay::MessageNumber from,
                                               std::size_t most) = 0;
};

}  // namespace torntape::store
