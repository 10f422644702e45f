#include <memory>
#include <string>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/label_writer.hpp"
#include "cli/one_file.hpp"
#include "cli/output.hpp"
#include "cli/traffic_options.hpp"
#include "cli/value.hpp"

namespace torntape::cli {
namespace {

constexpr std::uint64_t most = 100'000'000;

struct Options {
  TrafficOptions traffic;
  std::string output, labels;
  std::uint64_t count = 1;
  bool list = false;
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// Both files, or the first and nothing of the second. False where somebody stopped to read.
void write(generator::Stream& stream, std::uint64_t count, Output& output, Output* labels) {
  for (Position at; at.number <= count;) {
    auto const& made = stream.next();
    if (!output.write(made.text)) return;
    if (labels != nullptr && !labels->write(label_lines(made, at))) return;
    at = behind(at, made);
  }
}

int generate(Options const& options, Context const& context) {
  if (options.list) {
    Output output;
    output.write(listed_traffic());
    return finished(output);
  }
  if (one_file(options.labels, options.output.empty() ? "-" : options.output))
    return fail("--label and --output name one file: labels and messages do not go together");
  auto const stream = made_up_traffic(options.traffic, context);
  if (stream == nullptr) return failed;
  Output output, labels;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) return fail(*why);
  if (!options.labels.empty())
    if (auto const why = labels.open(options.labels)) return fail(*why);
  write(*stream, options.count, output, options.labels.empty() ? nullptr : &labels);
  bool const all_made = tell_impossible(*stream, options.traffic);
  if (auto const code = finished(output); code != ok) return code;
  if (!options.labels.empty())
    if (auto const code = finished(labels); code != ok) return code;
  return all_made ? ok : failed;
}

}  // namespace

void add_generate(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "generate",
      "Makes up messages.\n\n"
      "Complete telegrams of the State profile as their originators file them, between the stations of a "
      "network, or other profiles, copies and forms; 'check' finds nothing above information in them. Or, "
      "with "
      "--violate, messages of which one thing is wrong, and with --label a file that says what. The same "
      "seed "
      "gives the same bytes everywhere. Nothing in their texts means anything.");
  auto const options = std::make_shared<Options>();
  command->add_option("--count", options->count, "how many; 1 unless given")
      ->check(whole_number(0, most))
      ->option_text("N");
  command->add_option("--output", options->output, "a file in place of standard output")->option_text("FILE");
  command
      ->add_option("--label", options->labels,
                   "write there what is wrong with each message, and where: a line of JSON for each")
      ->option_text("FILE");
  command->add_flag("--list", options->list, "tell the mixes and the damages by name, and make nothing");
  add_traffic_options(*command, options->traffic);
  command->footer(footer(
      {{"torntape generate --count 1000 --seed 7", "a thousand messages"},
       {"torntape generate --network demo.toml --from RUEHTA | torntape submit -", "one to a switch"},
       {"torntape generate --count 500 --violate all --share 0.2 --label bad.jsonl", "one in five is bad"},
       {"torntape generate --count 90 --mix every-form", "whatever there is"}},
      {{ok, "done"}, {failed, "could not read or write, or found no place for a fault that was named"}}));
  command->callback([options, &context] { context.exit_code = generate(*options, context); });
}

}  // namespace torntape::cli
