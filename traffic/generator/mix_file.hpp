// A mix of one's own, in TOML (docs/traffic.md). Weights that a table does not name are 0; what the file does
// not say is as in the mix it is based on.
//
//   based_on = "relayed"
//   lines = [5, 60]
//   precedences = { routine = 50, priority = 30, immediate = 15, flash = 5 }
//   forms = { plaindress = 80, book = 20 }
//   collectives = 10      # per cent
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "traffic/generator/mix.hpp"

namespace torntape::generator {

struct MixRead {
  TrafficMix mix;
  std::vector<std::string> errors;  // "mix.toml:3:1: unknown key 'formes'"
};

[[nodiscard]] MixRead read_mix(std::string_view text, std::string const& name);
[[nodiscard]] MixRead read_mix_file(std::string const& path);

}  // namespace torntape::generator
