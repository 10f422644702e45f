// What happens to a relay, what it commits, and what it asks of the world.
//
// The relay is a pure machine: an event and the time go in, an outcome comes out. The records of an
// outcome are committed before any of its actions is carried out, so what was promised survives.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "directory/network.hpp"
#include "grammar/message.hpp"
#include "grammar/received.hpp"
#include "router/network/routes.hpp"

namespace torntape::relay {

using Now = std::chrono::sys_time<std::chrono::milliseconds>;
using Duration = std::chrono::milliseconds;
using Ticket = std::uint64_t;                 // the caller's; comes back in the action that answers
using ReaderId = std::uint64_t;               // a session that collects
using MessageNumber = std::uint64_t;          // from 1, in order of acceptance
using Digest = std::array<std::uint8_t, 16>;  // of the bytes as received
using LineId = std::uint64_t;                 // one connection of a circuit, the caller's; 0 is none
using ChannelNumber = std::uint16_t;          // 0 to 9999, of State's channels (5 FAH-2 H-321.1)

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

// For a station of this relay, for a leg to another one, or intercepted.
struct EnvelopeCopy {
  std::string queue;  // see `circuit_queue` and `intercept_queue` for those that are no station's
  grammar::AddresseeKind kind = grammar::AddresseeKind::info;
  grammar::Precedence precedence = grammar::Precedence::routine;
  // FL2 of a leg; the indicator of an intercepted copy; the queue that a dead letter was in.
  std::vector<std::string> called = {};
  std::string reason = {};  // why it was intercepted, with the rule, or set aside
  bool members = false;     // of a collective expanded here: it may go back the way it came (RT-56)
  bool rerouted = false;    // leaves under a misroute pilot (SM-25): `called` is not what the heading says

  friend bool operator==(EnvelopeCopy const&, EnvelopeCopy const&) = default;
};

// Copies that wait for a circuit, and those that wait for an operator (RT-91). No indicator or address is
// spelt so.
[[nodiscard]] std::string circuit_queue(std::string_view circuit);
[[nodiscard]] bool is_circuit_queue(std::string_view queue);
[[nodiscard]] std::string_view circuit_of(std::string_view circuit_queue);
inline constexpr std::string_view intercept_queue = "intercept";
// A queue of dead letters: small letters, digits and hyphens, and none of the above.
[[nodiscard]] bool is_set_aside_queue(std::string_view queue);

struct Envelope {
  MessageNumber number = 0;
  Now accepted_at{};
  Digest digest{};
  std::string identity;              // RT-30: "RUEHTA 1399/01 2290141"; empty where FL3 does not tell
  bool suspected_duplicate = false;  // came under ZFD (RT-32): every copy of it says so
  std::vector<EnvelopeCopy> copies;
  std::uint32_t size = 0;          // bytes of the text
  std::string received_over = {};  // the circuit it came by; empty where it was filed here
  std::string received_as = {};    // its transmission identification there, "ACO0017"
  directory::Class classification = directory::Class::top_secret;  // by FL4 (RT-51)

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
  Duration wait{0};                                       // for a first copy
  bool action = true, info = true;                        // kinds wanted
  grammar::Precedence least = grammar::Precedence::none;  // nothing below
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
struct CircuitUp {  // a connection with the far end stands
  std::string circuit;
  LineId line = 0;
};
struct CircuitDown {
  std::string circuit;
  LineId line = 0;
};
struct Arrived {  // a transmission, whole
  Ticket ticket = 0;
  std::string circuit;
  grammar::SharedMessage message;
  Digest digest{};
  std::string fault;  // why its routing cannot be trusted (RT-02, RT-04), in words; empty where it can
};
struct Sent {  // the last byte of a transmission has left
  std::string circuit;
  LineId line = 0;
  ChannelNumber number = 0;
};
struct Broken {  // a transmission was interrupted, and cancelled on the line (RT-74)
  std::string circuit;
  LineId line = 0;
  ChannelNumber number = 0;
};
struct CircuitClosed {  // by an operator: no message leaves on it from here until it is opened (RT-57)
  Ticket ticket = 0;
  std::string circuit;
};
struct CircuitOpened {  // by an operator
  Ticket ticket = 0;
  std::string circuit;
};
struct NetworkChanged {  // from here on these routes hold; what waits is routed by them
  Ticket ticket = 0;
  std::shared_ptr<network::Routes const> routes;
};
struct Rerouted {  // by an operator: intercepted copies go on (RT-91)
  Ticket ticket = 0;
  std::vector<CopyId> copies;
  std::string to;  // the right indicator (RT-40); empty: as they are called
};
// By a reader whose system does not take them: copies that it holds wait as dead letters, for an operator.
struct SetAside {
  Ticket ticket = 0;
  std::vector<CopyId> copies;
  std::string queue;  // see `is_set_aside_queue`
  std::string reason;
};
struct Expired {  // messages of the store that are settled, and were kept long enough
  std::vector<Envelope> messages;
};
struct Tick {};
using Event =
    std::variant<Filed, Asked, Acknowledged, Released, ReaderGone, CircuitUp, CircuitDown, CircuitClosed,
                 CircuitOpened, Arrived, Sent, Broken, NetworkChanged, Rerouted, SetAside, Expired, Tick>;

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
// A channel number is spent on a copy, or on a service message (no copy), before the first byte leaves. The
// circuit need not be the one the copy waits for: it may be its alternate (RT-57).
struct Numbered {
  std::string circuit;
  ChannelNumber number = 0;
  CopyId copy;  // message 0: none
};
struct Transmitted {  // the whole of it has left, under the number last spent on it
  CopyId copy;
};
struct Recalled {  // it did not get there: to be sent again
  CopyId copy;
};
struct Heard {  // the last number that came in over a circuit
  std::string circuit;
  ChannelNumber number = 0;
  // The last before a gap, until the far end is known to have heard of the gap.
  std::optional<ChannelNumber> before_gap = {};
};
struct Closure {  // a circuit is closed by an operator, or open
  std::string circuit;
  bool closed = false;
};
// A copy that waits becomes these: the first takes its place and its id, the others come behind the last of
// its message. If it leaves on no circuit any more, what it was sent under before is forgotten.
struct Moved {
  CopyId copy;
  std::vector<EnvelopeCopy> into;  // one at least
};
struct Pruned {  // forgotten, with its text and all that became of it
  MessageNumber number = 0;
};
using Record = std::variant<Accepted, Handed, Settled, Refiled, Numbered, Transmitted, Recalled, Heard,
                            Closure, Moved, Pruned>;

enum class Refused : std::uint8_t { unroutable, full, not_found, not_handed_out };

// Actions.
struct Accept {
  Ticket ticket = 0;
  MessageNumber number = 0;
  std::uint32_t action_copies = 0, info_copies = 0;  // made here now; of the first filing where repeated
  std::uint32_t transmissions = 0;                   // to other relays; likewise
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
// Acknowledged, released, closed, opened, changed or rerouted; or the transmission that arrived is dealt
// with.
struct Done {
  Ticket ticket = 0;
};
struct Send {  // one transmission to the far end; `Sent`, `Broken` or `CircuitDown` follows
  std::string circuit;
  LineId line = 0;
  std::string identification;  // "XRO3820"
  ChannelNumber number = 0;    // of it
  CopyId copy;                 // of the message that goes out; message 0: it is `service`
  std::string service;         // a service message from FL2 on
  std::string sent_before_as;  // where it may have got there before (RT-31): its identification then
  // Of the copy; none of a service message.
  grammar::Precedence precedence = grammar::Precedence::none;
  std::optional<Now> accepted_at = {};
};
struct Interrupt {  // stop at once what is being sent, and cancel it on the line (RT-71, RT-74)
  std::string circuit;
  LineId line = 0;
};
struct Alarm {  // for the operator
  std::string message;
};
using Action = std::variant<Accept, Refuse, Hand, Done, Send, Interrupt, Alarm>;

struct Outcome {
  std::vector<Record> commit;
  std::vector<Action> then;

  void clear() {
    commit.clear();
    then.clear();
  }
};

}  // namespace torntape::relay
