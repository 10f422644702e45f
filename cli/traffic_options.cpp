#include "cli/traffic_options.hpp"

#include <memory>
#include <string>

#include "cli/network.hpp"
#include "cli/output.hpp"
#include "validator/sample.hpp"

namespace torntape::cli {

void add_traffic_options(CLI::App& command, TrafficOptions& options) {
  command
      .add_option("--network", options.network, "the network file; that of the rules' examples unless given")
      ->option_text("FILE");
  command.add_option("--seed", options.plan.seed, "for everything that chance decides; 1 unless given")
      ->check(CLI::NonNegativeNumber)
      ->option_text("S");
  command.add_option("--from", options.plan.from, "all from this station; from any mission unless given")
      ->option_text("RI");
}

std::unique_ptr<generator::Stream> made_up_traffic(TrafficOptions const& options, Context const& context) {
  auto directory =
      options.network.empty() ? validator::sample_directory() : load_network(options.network, context);
  if (directory == nullptr) return nullptr;
  if (auto const why = generator::objection(*directory, options.plan)) {
    complain(options.network.empty() ? *why : options.network + ": " + *why);
    return nullptr;
  }
  return std::make_unique<generator::Stream>(std::move(directory), options.plan);
}

}  // namespace torntape::cli
