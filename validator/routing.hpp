// FL2 written anew, and what FL2 has to do with the address.
#pragma once

#include <vector>

#include "validator/findings.hpp"

namespace torntape::validator {

// FL2 with these indicators in this order, wrapped as State wraps it; no change where its precedence cannot
// be read.
[[nodiscard]] std::vector<Change> with_routing_indicators(Message const& message,
                                                          std::vector<View> const& indicators);

[[nodiscard]] bool calls(Message const& message, View indicator);      // FL2
[[nodiscard]] bool addresses(Message const& message, View indicator);  // FL7, FL8, not by other means

// By its title ("CIS COLLECTIVE") or, where there is a directory, by its entry.
[[nodiscard]] bool is_collective(grammar::Addressee const& addressee, Site const& site);
[[nodiscard]] directory::Collective const* collective(grammar::Addressee const& addressee, Site const& site);

// A station, collective or relay of the directory, its web drop, or served by a relay's prefix.
[[nodiscard]] bool known(View indicator, directory::Directory const& directory);

// The indicator that copies for the web database go to: the default or the directory's own.
[[nodiscard]] bool is_web_drop(View indicator, Site const& site);

}  // namespace torntape::validator
