// FL2 written anew, and what FL2 has to do with the address.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "validator/findings.hpp"

namespace torntape::validator {

// FL2 with these indicators in this order, wrapped as State wraps it; no change where its precedence cannot
// be read.
[[nodiscard]] std::vector<Change> with_routing_indicators(Message const& message,
                                                          std::vector<View> const& indicators);

// The last four letters of an indicator as a number; 0 of fewer.
[[nodiscard]] inline std::uint32_t last_letters(View indicator) {
  std::uint32_t four = 0;
  if (indicator.size() >= sizeof four)
    std::memcpy(&four, indicator.data() + indicator.size() - sizeof four, sizeof four);
  return four;
}

// Every addressee is compared with every station called: by their last four letters first, in
// which nearly all differ.
[[nodiscard]] inline bool same_indicator(View a, View b) {
  return a.size() == b.size() && last_letters(a) == last_letters(b) && a == b;
}

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
