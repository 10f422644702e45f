// The options that say what traffic is to be made up: of every command that makes some.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cli/command.hpp"
#include "traffic/generator/stream.hpp"

namespace torntape::cli {

struct TrafficOptions {
  std::string network;  // a file; empty: that of the rules' examples
  generator::Plan plan;
};

// --network, --seed, --from. `options` outlives the command.
void add_traffic_options(CLI::App& command, TrafficOptions& options);

// Null, and the reason on standard error, where there can be no such traffic.
[[nodiscard]] std::unique_ptr<generator::Stream> made_up_traffic(TrafficOptions const& options,
                                                                 Context const& context);

}  // namespace torntape::cli
