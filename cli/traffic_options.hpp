// The options that say what traffic is to be made up: of every command that makes some.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "traffic/generator/stream.hpp"

namespace torntape::cli {

struct TrafficOptions {
  std::string network;  // a file; empty: that of the rules' examples
  std::string mix;      // a name, or a file; empty: "state"
  std::optional<grammar::Profile> profile;
  std::optional<generator::Copy> copy;
  std::optional<generator::Form> form;
  std::vector<std::string> violate, set;  // lists, as given
  std::string like;                       // a file
  generator::Plan plan;
};

// Those that stand on the command line and only say what is to be made up; --seed decides more.
[[nodiscard]] std::vector<std::string> traffic_options_given(CLI::App const& command);

// --network, --seed, --from, --mix, --profile, --copy-kind, --form, --violate, --share, --like, --set.
// `options` outlives the command.
void add_traffic_options(CLI::App& command, TrafficOptions& options);

// --violate's words and the names of the mixes, for `--list`.
[[nodiscard]] std::string listed_traffic();

// What was asked for and found no message with a place for it: a line on standard error for each. False where
// one of them was named itself, or nothing else was asked for.
bool tell_impossible(generator::Stream const& stream, TrafficOptions const& options);

// Null, and the reason on standard error, where there can be no such traffic.
[[nodiscard]] std::unique_ptr<generator::Stream> made_up_traffic(TrafficOptions const& options,
                                                                 Context const& context);

}  // namespace torntape::cli
