// Chooses what a telegram says: its precedence, its addressees, its class.
#pragma once

#include "directory/network.hpp"
#include "traffic/generator/mix.hpp"
#include "traffic/generator/random.hpp"
#include "traffic/generator/telegram.hpp"

namespace torntape::generator {

// `telegram` comes with its shape, originator, time and serial, and is drawn anew in all else but its channel
// and its FL2.
void draw(Random& random, directory::Directory const& directory, TrafficMix const& mix, Telegram& telegram);

// A mission of the State Department, which numbers what it sends to others of its kind.
[[nodiscard]] bool is_mission(directory::Station const& station);

// The collective or AIG that is addressed.
[[nodiscard]] directory::Collective const* group_of(directory::Directory const& directory,
                                                    Address const& address);

// FL2 as filed: every addressee and collective once, members of an AIG in its place (ACP 127(G) 206.a,
// 303.a(1)).
void call_all(directory::Directory const& directory, Telegram& telegram);

// FL2 of one leg: the stations behind one relay, collectives replaced by their members (303). The relay, or
// null where the network has none with such a station.
[[nodiscard]] directory::Relay const* call_one_leg(Random& random, directory::Directory const& directory,
                                                   Telegram& telegram);

}  // namespace torntape::generator
