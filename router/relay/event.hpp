// What happens to a relay, what it commits, and what it asks of the world.
//
// The relay is a pure machine: an event and the time go in, an outcome comes out. The records of an
// outcome are committed before any of its actions is carried out, so what was promised survives.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/message.hpp"
#include "grammar/received.hpp"

namespace torntape::relay {

using Now = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;
using Ticket = std::uint64_t;                 // the caller's; comes back in the action that answers
using ReaderId = std::uint64_t;               // a session that collects
using MessageNumber = std::uint64_t;          // from 1, in order of acceptance
using Digest = std::array<std::uint8_t, 16>;  // of the bytes as received

struct CopyId {
  MessageNumber message = 0;
  std::uint16_t copy = 0;  // index into the envelope

  friend auto operator<=>(CopyId const&, CopyId const&) = default;
};

// "42" and "42-3": ids as people and clients see them.
[[nodiscard]] std::string to_string(MessageNumber message);
[[nodiscard]] std::string to_string(CopyId copy);
[[nodiscard]] bool read(std::string_view text, MessageNumber& message);
[[nodiscard]] bool read(std::string_view text, CopyId& copy);

struct EnvelopeCopy {
  std::string queue;
  grammar::AddresseeKind kind = grammar::AddresseeKind::info;
  grammar::Precedence precedence = grammar::Precedence::routine;

  friend bool operator==(EnvelopeCopy const&, EnvelopeCopy const&) = default;
};

struct Envelope {
  MessageNumber number = 0;
  Now accepted_at{};
  Digest digest{};
  std::string identity;              // RT-30: "RUEHTA 1399/01 2290141"; empty where FL3 does not tell
  bool suspected_duplicate = false;  // came under ZFD (RT-32): every copy of it says so
  std::vector<EnvelopeCopy> copies;

  friend bool operator==(Envelope const&, Envelope const&) = default;
};

// Events.
struct Filed {  // a judged message, filed here
  Ticket ticket = 0;
  grammar::SharedMessage message;
  Digest digest{};
};
struct Asked {  // a reader wants copies
  Ticket ticket = 0;
  ReaderId reader = 0;
  std::string queue;
  std::uint32_t max = 1;
  Duration lease{60'000};
  Duration wait{0};                 // for a first copy
  bool action = true, info = true;  // kinds wanted
};
struct Acknowledged {
  Ticket ticket = 0;
  std::vector<CopyId> copies;
};
struct Released {
  Ticket ticket = 0;
  std::vector<CopyId> copies;
};
struct ReaderGone {  // its leases end, its question is dropped
  ReaderId reader = 0;
};
struct Tick {};
using Event = std::variant<Filed, Asked, Acknowledged, Released, ReaderGone, Tick>;

// Records: what is committed, and what restart replays.
struct Accepted {
  Envelope envelope;
  grammar::SharedMessage message;  // null in a replay: the text stays in the store
};
struct Handed {  // committed before the copy leaves, so that a repeat after a crash is marked
  CopyId copy;
  std::uint32_t attempt = 1;
};
struct Settled {
  CopyId copy;
};
struct Refiled {  // the same bytes came again: the store makes the text whole where it was damaged
  MessageNumber number = 0;
  grammar::SharedMessage message;
};
using Record = std::variant<Accepted, Handed, Settled, Refiled>;

enum class Refused : std::uint8_t { unroutable, full, not_found, not_handed_out };

// Actions.
struct Accept {
  Ticket ticket = 0;
  MessageNumber number = 0;
  std::uint32_t action_copies = 0, info_copies = 0;  // made now; of the first filing where repeated
  bool already_filed = false;
  std::vector<std::string> notes;
};
struct Refuse {
  Ticket ticket = 0;
  Refused reason{};
  std::string message;
};
struct HandedCopy {
  CopyId id;
  EnvelopeCopy copy;
  Now accepted_at{};
  std::uint32_t attempt = 1;
  bool suspected_duplicate = false;
};
struct Hand {  // copies for a reader; none where the wait ended without any
  Ticket ticket = 0;
  ReaderId reader = 0;
  std::vector<HandedCopy> copies;
};
struct Done {  // acknowledged or released
  Ticket ticket = 0;
};
using Action = std::variant<Accept, Refuse, Hand, Done>;

struct Outcome {
  std::vector<Record> commit;
  std::vector<Action> then;

  void clear() {
    commit.clear();
    then.clear();
  }
};

}  // namespace torntape::relay
