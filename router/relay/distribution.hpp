// Who is to get a copy of a message at one relay, and over which leg: the responsibility set, its
// expansion and its segregation (RT-20 to RT-27, RT-50 to RT-63 in docs/relay.md). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "grammar/message.hpp"
#include "router/network/routes.hpp"
#include "router/relay/event.hpp"

namespace torntape::relay {

// A called indicator, and what it brings the station that has it.
struct Called {
  std::string indicator;  // routing indicator; of an open switch also a plain language address
  grammar::AddresseeKind kind = grammar::AddresseeKind::info;
  grammar::Precedence precedence = grammar::Precedence::routine;
  std::string collective;  // title of the collective it was taken from; empty for an explicit one
};

// FL2 of a message filed at `here`: every explicit indicator once (not ZEN), each collective's own
// indicator, or the members less the exempted where `here` owns it, and the members of AIGs
// (RT-21 to RT-24). A station named twice is called once: action before info, the higher precedence
// before the lower. Without a directory the switch is open: every addressee is called as it stands,
// by its indicator or, where it has none, by its plain language address. A message without an address
// (abbreviated plaindress, codress, service) is for the stations of its own FL2.
[[nodiscard]] std::vector<Called> filed_set(grammar::Message const& message,
                                            directory::Directory const* directory, std::string_view here);

// FL2 of a message that arrived on a circuit (RT-20): its indicators, with kind and precedence from
// FL7 and FL8 where they are named there or their collective is.
[[nodiscard]] std::vector<Called> relayed_set(grammar::Message const& message,
                                              std::vector<std::string> const& routing_line,
                                              directory::Directory const& directory, std::string_view here);

// One transmission to the next relay.
struct Leg {
  directory::Circuit const* circuit = nullptr;
  std::vector<Called> called;                      // sorted by indicator
  directory::Circuit const* instead_of = nullptr;  // it is on the way round that circuit (RT-57)
};

struct Intercepted {
  Called called;
  std::string reason;     // in words, with the rule: "no route to RUXXAA (RT-50)"
  std::string code = {};  // for its originator: "INV", "SEC" (SM-38); empty where it is no fault of its own
};

struct Distribution {
  std::vector<Called> local;  // stations of this relay, in order of their first mention
  std::vector<Leg> legs;      // by circuit name; explicit before collective (RT-27)
  std::vector<Intercepted> intercepted;
};

// What routing has to know of a message besides whom it calls.
struct Consignment {
  directory::Class classification{};
  bool warned = true;         // FL4 says so; else it is taken to need approval (RT-51)
  std::string received_over;  // the circuit; empty where it was filed
};

// Screens and routes a set from `here` (RT-50, RT-51, RT-55, RT-60, RT-63), with explicit and collective
// members of one leg in transmissions of their own where `split_collectives` (RT-27). What came over a
// circuit, `received_over`, does not go back by it (RT-56), members of collectives expanded here excepted: it
// goes on over the alternate it is on (RT-57), or is intercepted.
[[nodiscard]] Distribution distribute(std::vector<Called> const& set, Consignment const& consignment,
                                      network::Routes const& routes, std::string_view here,
                                      bool split_collectives = true);
[[nodiscard]] Distribution distribute(std::vector<Called> const& set, grammar::Message const& message,
                                      network::Routes const& routes, std::string_view here,
                                      std::string_view received_over = {}, bool split_collectives = true);

// As copies: for stations, for circuits, intercepted. A leg queues by FL2, whatever its addressees are.
[[nodiscard]] std::vector<EnvelopeCopy> copies(Distribution const& distribution, grammar::Precedence of_legs);

// The highest class that FL4 warns of (RT-51).
[[nodiscard]] directory::Class classification(grammar::Message const& message);

}  // namespace torntape::relay
