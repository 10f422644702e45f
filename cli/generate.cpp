#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "traffic/generator/message.hpp"
#include "validator/sample.hpp"

namespace torntape::cli {
namespace {

constexpr std::uint64_t most = 100'000'000;

struct Options {
  std::string network, output, from;
  std::uint64_t count = 1, seed = 1;
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// Messages follow each other by minutes from a day that is fixed: the same seed gives the same bytes.
class Minutes {
 public:
  explicit Minutes(generator::Random random) : random_(random) {}
  [[nodiscard]] std::chrono::sys_time<std::chrono::minutes> next() {
    return now_ += std::chrono::minutes{random_.below(5)};
  }

 private:
  generator::Random random_;
  std::chrono::sys_time<std::chrono::minutes> now_{std::chrono::sys_days{std::chrono::year{2009} / 8 / 17}};
};

int generate(Options const& options, Context const& context) {
  auto const directory =
      options.network.empty() ? validator::sample_directory() : load_network(options.network, context);
  if (directory == nullptr) return failed;
  if (directory->network().stations.size() < 2)
    return fail(options.network + ": the network has fewer than two stations");
  auto stations = generator::originators(*directory);
  if (!options.from.empty()) {
    auto const* const station = directory->station(options.from);
    if (station == nullptr) return fail("no station '" + options.from + "' in the network");
    stations = {station};
  }
  Output output;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) return fail(*why);
  generator::Random random(options.seed, "messages");
  Minutes minutes(generator::Random(options.seed, "minutes"));
  std::map<std::string_view, std::uint32_t> serials;
  for (std::uint64_t i = 0; i != options.count; ++i) {
    auto const* const station = random.one_of(stations);
    generator::Occasion const occasion{station, minutes.next(), ++serials[station->indicator]};
    if (!output.write(generator::message(random, *directory, {}, occasion))) break;
  }
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
  command
      ->add_option("--network", options->network,
                   "the network file; that of the rules' examples unless given")
      ->option_text("FILE");
  command->add_option("--count", options->count, "how many; 1 unless given")
      ->check(CLI::Range(std::uint64_t{0}, most))
      ->option_text("N");
  command->add_option("--seed", options->seed, "for everything that chance decides; 1 unless given")
      ->check(CLI::NonNegativeNumber)
      ->option_text("S");
  command->add_option("--from", options->from, "all from this station; from any mission unless given")
      ->option_text("RI");
  command->add_option("--output", options->output, "a file in place of standard output")->option_text("FILE");
  command->footer(
      footer({{"torntape generate --count 1000 --seed 7", "a thousand messages"},
              {"torntape generate --network demo.toml --from RUEHTA | torntape submit -", "one to a switch"}},
             {{ok, "done"}, {failed, "could not read the network, or write"}}));
  command->callback([options, &context] { context.exit_code = generate(*options, context); });
}

}  // namespace torntape::cli
