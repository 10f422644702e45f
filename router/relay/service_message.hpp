// Service messages between neighbours (ACP 127(G) 405.b, direct): written here, and read when they come in.
// Names SM-04 to SM-31 as in docs/relay.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "grammar/message.hpp"
#include "router/relay/event.hpp"

namespace torntape::relay {

// The parties and the time of a direct service message.
struct Direct {
  std::string_view from, to;  // relays
  Now time{};
};

// From FL2 on: what goes out behind a transmission identification. Channel numbers are identifications in
// full, "XRO3820"; messages are identities, "RUEHTA 1399/01 2290141".
[[nodiscard]] std::string flash_receipt(Direct const& direct, std::string_view number);  // SM-04, R
[[nodiscard]] std::string open_number(Direct const& direct, std::string_view number);    // SM-05, ZFX
[[nodiscard]] std::string last_heard(Direct const& direct, std::string_view number);     // SM-06, ZID
[[nodiscard]] std::string last_sent(Direct const& direct, std::string_view number);      // SM-06, ZIC
[[nodiscard]] std::string duplicate(Direct const& direct, std::string_view identity,
                                    std::string_view number);  // SM-30
// SM-13 to a neighbour, ZES2: `identity` may be empty.
[[nodiscard]] std::string garbled(Direct const& direct, std::string_view identity, std::string_view number);
[[nodiscard]] std::string same_number(Direct const& direct, std::string_view number);  // SM-31, ZFQ

// To the station a message came from (405.c): its relay there, the station, and a serial of the relay's own.
struct Notice {
  std::string_view from, to;
  Now time{};
  unsigned serial = 0;
};
// SM-38, from FL2 on: `reason` is "INV RUXXAA", an indicator nobody knows, or "SEC RUEHKO", one not approved
// for the class.
[[nodiscard]] std::string rejected(Notice const& notice, std::string_view identity, std::string_view reason);
// SM-26, from FL2 on: what it called wrongly has gone on to `right`, named where its name is known.
[[nodiscard]] std::string misrouted(Notice const& notice, std::string_view identity, std::string_view right,
                                    std::string_view name);

// What a neighbour's service message says, as far as a switch acts on it.
struct FlashReceipt {
  std::string number;
};
struct OpenNumber {
  std::string number;
};
struct LastHeard {
  std::string number;
};
struct LastSent {
  std::string number;
};
struct ForTheOperator {};  // any other
using DirectService = std::variant<FlashReceipt, OpenNumber, LastHeard, LastSent, ForTheOperator>;

// None where the message is no direct service message from `from` to `to`.
[[nodiscard]] std::optional<DirectService> read_direct(grammar::Message const& message, std::string_view from,
                                                       std::string_view to);

}  // namespace torntape::relay
