#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/traffic_options.hpp"

namespace torntape::cli {
namespace {

constexpr std::uint64_t most = 100'000'000;

struct Options {
  TrafficOptions traffic;
  std::string output;
  std::uint64_t count = 1;
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

int generate(Options const& options, Context const& context) {
  auto const stream = made_up_traffic(options.traffic, context);
  if (stream == nullptr) return failed;
  Output output;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) return fail(*why);
  for (std::uint64_t i = 0; i != options.count; ++i)
    if (!output.write(stream->next().text)) break;
  return finished(output);
}

}  // namespace

void add_generate(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "generate",
      "Makes up messages.\n\n"
      "Complete telegrams of the State profile as their originators file them, between the stations of a "
      "network; 'check' finds nothing above information in them. The same seed gives the same bytes "
      "everywhere. Nothing in their texts means anything.");
  auto const options = std::make_shared<Options>();
  command->add_option("--count", options->count, "how many; 1 unless given")
      ->check(CLI::Range(std::uint64_t{0}, most))
      ->option_text("N");
  command->add_option("--output", options->output, "a file in place of standard output")->option_text("FILE");
  add_traffic_options(*command, options->traffic);
  command->footer(
      footer({{"torntape generate --count 1000 --seed 7", "a thousand messages"},
              {"torntape generate --network demo.toml --from RUEHTA | torntape submit -", "one to a switch"}},
             {{ok, "done"}, {failed, "could not read the network, or write"}}));
  command->callback([options, &context] { context.exit_code = generate(*options, context); });
}

}  // namespace torntape::cli
