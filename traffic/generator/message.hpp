// A good message, made up: a complete telegram of the `state` profile as its originator files it, in which
// `check` finds nothing above information. Pure: the same draws make the same message everywhere. Other
// profiles, copies and forms: traffic/generator/stream.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "traffic/generator/mix.hpp"
#include "traffic/generator/random.hpp"

namespace torntape::generator {

// Who files it, and when.
struct Occasion {
  directory::Station const* from = nullptr;
  std::chrono::sys_time<std::chrono::minutes> time{};
  std::uint32_t serial = 1;  // of the station, from 1
};

// The stations of a directory that file made-up messages: missions of the State Department, or all where
// there are none.
[[nodiscard]] std::vector<directory::Station const*> originators(directory::Directory const& directory);

// The directory has at least one station besides the originator.
[[nodiscard]] std::string message(Random& random, directory::Directory const& directory, Mix const& mix,
                                  Occasion const& occasion);

// The channel of a station's own line to its relay: "TAI" of RUEHTA.
[[nodiscard]] std::string tributary_channel(std::string_view station);

}  // namespace torntape::generator
