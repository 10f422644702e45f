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
#include "router/store/journal.hpp"

namespace torntape::store {

struct Failure {
  std::string message;  // in words, for the operator: "no space left on device"
  bool passes = false;  // perhaps by itself: it is worth trying again
};

// How a store stands that lies in an engine, where several switches may reach it.
struct Standing {
  std::string trouble;          // why it cannot commit now, in words; empty where it can
  bool owner = false;           // this switch is the one that commits
  bool connected = false;       // with the engine
  std::uint64_t behind = 0;     // entries of the log that are not yet in the working copy, as last known
  std::uint64_t bytes = 0;      // of the log, as last known
  std::uint64_t takeovers = 0;  // how often this switch became the one that commits
  std::string server = {};      // to which it is connected
  // Of an outbox (store/outbox.hpp).
  bool holding = false;    // it takes filings, though it cannot commit now
  bool full = false;       // and no more of them
  std::uint64_t held = 0;  // messages in it that the log does not have
};

// A message that was accepted while the engine was away, and that another switch was quicker than.
struct Astray {
  relay::MessageNumber number = 0;  // that it was accepted as; another message may have it now
  grammar::SharedMessage message;
};

// Messages that a search of the journal has found.
struct Found {
  std::vector<relay::MessageNumber> messages;  // newest first
  relay::MessageNumber next = 0;               // go on before this one; 0 where there are no more
};

// A search looks at so many messages, and then says where to go on.
inline constexpr std::size_t max_looked_at_to_find = 10'000;

class Store {
 public:
  Store() = default;
  Store(Store const&) = delete;
  Store& operator=(Store const&) = delete;
  virtual ~Store() = default;

  // Durable on return; on failure nothing of the group is kept, as far as is known. One thread commits. No
  // records: says whether it could.
  [[nodiscard]] virtual std::optional<Failure> commit(std::span<relay::Record const> records) = 0;

  // Every committed record that still matters, message by message in order of acceptance.
  [[nodiscard]] virtual std::optional<Failure> replay(
      std::function<void(relay::Record const&)> const& apply) = 0;

  // The text as received, the envelope, and the channel numbers last spent on copies for other relays; any
  // thread.
  struct SentAs {
    std::uint16_t copy = 0;
    relay::ChannelNumber number = 0;
    std::string circuit;
  };
  struct Stored {
    relay::Envelope envelope;
    std::string text;
    std::vector<SentAs> sent = {};  // by copy
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

  // Messages that match, newest first, of those before number `before` (0: of all); `most` of them. Any
  // thread. It may find none and say where to go on.
  [[nodiscard]] virtual Found search(Wanted const& wanted, relay::MessageNumber before, std::size_t most) = 0;
  // None of a store that is this switch's alone. Any thread; does not wait.
  [[nodiscard]] virtual std::optional<Standing> standing() { return std::nullopt; }

  // Messages to be filed again, once replayed; `filed_again` when all of them have been. Any thread.
  [[nodiscard]] virtual std::vector<Astray> astray() { return {}; }
  virtual void filed_again() {}

  // Brings the index that searches use a step nearer to what was committed, where more than `behind`
  // messages are not in it; false where there was nothing to do. On the thread that commits.
  virtual bool index(std::size_t behind) {
    static_cast<void>(behind);
    return false;
  }
};

}  // namespace torntape::store
