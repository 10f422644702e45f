// The way of a message through a network, without sending it: what every relay would do with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grammar/message.hpp"
#include "router/network/routes.hpp"
#include "router/relay/distribution.hpp"

namespace torntape::cli {

struct Hop {
  std::string relay;                             // its indicator
  directory::Circuit const* received = nullptr;  // over which it came; null where the message is filed
  std::size_t called = 0;                        // indicators this relay has to see to
  relay::Distribution distribution;
};

// Hops in order of distance from `here`, where the message is filed. A way longer than any message may go
// (RT-62) ends in an intercept. `out`: circuits that the message is to go round (RT-57); where it may not, it
// counts as intercepted.
[[nodiscard]] std::vector<Hop> dry_run(grammar::Message const& message, network::Routes const& routes,
                                       std::string_view here, std::vector<std::string> const& out = {});

// The collectives of the address that a station is a member of; none where the address names the station.
[[nodiscard]] std::vector<directory::Collective const*> membership(grammar::Message const& message,
                                                                   directory::Directory const& directory,
                                                                   std::string_view indicator);

// FL1, FL2 (which may take several lines) and FL3 of a leg as they would leave `here`.
[[nodiscard]] std::vector<std::string> first_lines(grammar::Message const& message, relay::Leg const& leg,
                                                   std::string_view here);

}  // namespace torntape::cli
