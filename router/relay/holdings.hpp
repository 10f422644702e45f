// The copies a relay holds: which wait in which queue, which are handed out, which are settled. Knows no
// time, no reader and no store.
//
// A million messages of twenty copies are to fit into half a gigabyte: a copy costs eight bytes in its
// queue and four in its message, queue names are kept once, and an envelope is not kept.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "router/relay/event.hpp"

namespace torntape::relay {

struct LaneDepth {
  grammar::AddresseeKind kind{};
  grammar::Precedence precedence{};
  std::size_t waiting = 0, handed_out = 0;

  friend bool operator==(LaneDepth const&, LaneDepth const&) = default;
};
struct QueueDepth {
  std::string name;
  std::vector<LaneDepth> lanes;  // that hold something, in order of collection
  std::optional<Now> oldest;     // acceptance of the oldest copy not acknowledged

  friend bool operator==(QueueDepth const&, QueueDepth const&) = default;
};
enum class CopyState : std::uint8_t { waiting, handed_out, settled };

// Which kinds of copy are wanted.
struct Kinds {
  bool action = true, info = true;
  grammar::Precedence least = grammar::Precedence::none;  // nothing below
};

inline constexpr std::size_t most_copies = 65'535;  // of one message: an index has 16 bits
inline constexpr std::size_t most_queues = (std::size_t{1} << 23) - 1;

class Holdings {
 public:
  // All copies of a message wait. At most `most_copies` and `most_queues`: the caller sees to it.
  void admit(Envelope const& envelope);

  [[nodiscard]] std::size_t messages() const { return messages_.size(); }  // with a copy not settled
  [[nodiscard]] std::size_t queues() const { return queue_index_.size(); }
  [[nodiscard]] bool holds(MessageNumber message) const { return messages_.contains(message); }
  [[nodiscard]] bool has_queue(std::string_view queue) const { return queue_index_.contains(queue); }
  // None where the message is not held or has no such copy.
  [[nodiscard]] std::optional<CopyState> state(CopyId id) const;
  [[nodiscard]] std::uint32_t attempts(CopyId id) const;  // 0 of a copy never handed out, or settled
  // Whether a reader may hold it: it is handed out, or was before the restart and has not come back since.
  [[nodiscard]] bool may_be_held(CopyId id) const;

  // Of a copy not settled.
  [[nodiscard]] std::string_view queue_of(CopyId id) const;
  [[nodiscard]] Now accepted_at(CopyId id) const;
  [[nodiscard]] std::uint32_t size(CopyId id) const;  // bytes of its text
  [[nodiscard]] grammar::Precedence precedence(CopyId id) const;
  [[nodiscard]] grammar::AddresseeKind kind(CopyId id) const;
  [[nodiscard]] bool members(CopyId id) const;  // of a collective expanded here
  [[nodiscard]] directory::Class classification(CopyId id) const;
  [[nodiscard]] std::string_view received_over(CopyId id) const;  // the circuit; empty where it was filed

  // The next copies in order: precedence, then acceptance.
  [[nodiscard]] std::vector<HandedCopy> peek(std::string_view queue, std::size_t max, Kinds wanted) const;
  // The first of them that is wanted.
  [[nodiscard]] std::optional<CopyId> first(std::string_view queue,
                                            std::function<bool(CopyId)> const& wanted) const;
  [[nodiscard]] std::size_t waiting(std::string_view queue) const;
  [[nodiscard]] std::vector<CopyId> waiting_copies(std::string_view queue) const;  // in order
  // Hands them out: each counts an attempt.
  [[nodiscard]] std::vector<HandedCopy> take(std::string_view queue, std::size_t max, Kinds wanted);
  // This one, of a copy that waits.
  void hand_out(CopyId id);
  // Back to its place, of a copy handed out.
  void give_back(CopyId id);
  // Of a copy that waits: it waits in another queue, as another.
  void move(CopyId id, EnvelopeCopy const& as);
  // One more copy of a message that is held.
  [[nodiscard]] CopyId append(MessageNumber message, EnvelopeCopy const& copy);
  // Of a copy not settled; the last one frees its message.
  void settle(CopyId id);
  // It was handed out before the restart: it waits, marked.
  void note_attempt(CopyId id, std::uint32_t attempt);

  [[nodiscard]] std::vector<std::string_view> queue_names() const;
  // `oldest` counts the copies waiting only.
  [[nodiscard]] QueueDepth depth(std::string_view queue) const;

 private:
  using Key = std::uint64_t;  // message number << 16 | copy: in order of acceptance

  // A copy in its message: queue, whether it is for members of a collective, precedence, kind, state, whether
  // it was ever handed out, and whether a reader gave it back in this life.
  class Slot {
   public:
    Slot() = default;
    Slot(std::uint32_t queue, EnvelopeCopy const& copy);
    [[nodiscard]] std::uint32_t queue() const { return bits_ & 0x7F'FFFFU; }
    [[nodiscard]] bool members() const { return (bits_ >> 23U & 1U) != 0; }
    [[nodiscard]] grammar::Precedence precedence() const;
    [[nodiscard]] grammar::AddresseeKind kind() const;
    [[nodiscard]] CopyState state() const;
    [[nodiscard]] bool tried() const { return (bits_ >> 30U & 1U) != 0; }
    [[nodiscard]] bool came_back() const { return (bits_ >> 31U & 1U) != 0; }
    void set(CopyState state);
    void set_tried() { bits_ |= 1U << 30U; }
    void set_came_back(bool is) { bits_ = (bits_ & ~(1U << 31U)) | (is ? 1U << 31U : 0U); }

   private:
    std::uint32_t bits_ = 0;  // 23 queue, 1 members, 3 precedence, 1 kind, 2 state, 1 tried, 1 came back
  };

  struct Held {
    std::unique_ptr<Slot[]> slots;
    std::uint64_t accepted_at : 48 = 0;    // milliseconds
    std::uint64_t received_over : 16 = 0;  // index into `circuits_`
    std::uint32_t size : 28 = 0;           // bytes of the text
    std::uint32_t suspected_duplicate : 1 = 0;
    std::uint32_t classification : 3 = 0;
    std::uint16_t count = 0, open = 0;  // copies, and those not settled
  };

  // The copies of one precedence and kind in a queue. `never_tried` is in order and may hold copies that
  // wait no longer or not as new ones, which are skipped; its first entry, if any, does wait.
  struct Lane {
    std::deque<Key> never_tried;
    std::set<Key> given_back;
    std::size_t waiting = 0, handed_out = 0;
  };
  static constexpr std::size_t lane_count = 12;  // precedence × kind, see `lane_index`
  struct Queue {
    std::string name;
    std::array<std::unique_ptr<Lane>, lane_count> lanes;
  };
  class Cursor;

  [[nodiscard]] static std::size_t lane_index(grammar::Precedence precedence, grammar::AddresseeKind kind);
  [[nodiscard]] static Key key_of(CopyId id) { return id.message << 16U | id.copy; }
  [[nodiscard]] static CopyId id_of(Key key);

  [[nodiscard]] Slot const* slot(Key key) const;
  [[nodiscard]] Slot* slot(Key key);
  [[nodiscard]] Queue const* queue(std::string_view name) const;
  [[nodiscard]] Lane& lane(Slot slot);
  [[nodiscard]] bool waits_untried(Key key) const;
  [[nodiscard]] std::vector<Key> next(Queue const& queue, std::size_t max, Kinds wanted) const;
  [[nodiscard]] HandedCopy handed(Key key) const;
  void mark_handed_out(Key key);
  void tidy(Lane& lane) const;
  void enqueue(Key key, Slot slot);
  [[nodiscard]] std::uint32_t queue_named(std::string_view name);
  [[nodiscard]] std::uint64_t circuit_named(std::string_view name);
  [[nodiscard]] Held const& held(CopyId id) const { return messages_.find(id.message)->second; }
  void drop_if_empty(std::uint32_t queue);

  boost::unordered_flat_map<MessageNumber, Held> messages_;
  boost::unordered_flat_map<Key, std::uint32_t> attempts_;  // of copies handed out before, not settled
  std::vector<std::unique_ptr<Queue>> queues_;              // null where the number is free
  std::vector<std::uint32_t> free_queues_;
  std::vector<std::unique_ptr<Queue>> spare_queues_;  // empty: most queues are emptied and filled all day
  std::vector<std::string> circuits_{""};             // by which messages came
  boost::unordered_flat_map<std::string_view, std::uint32_t> queue_index_;  // the names live in the queues
};

}  // namespace torntape::relay
