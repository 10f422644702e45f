#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/simulation_report.hpp"
#include "cli/terminal.hpp"
#include "cli/value.hpp"
#include "router/simulation/figures.hpp"
#include "router/simulation/scenario_file.hpp"
#include "router/simulation/search.hpp"
#include "validator/reports/text.hpp"

namespace torntape::cli {
namespace {

constexpr std::chrono::days longest{36'500};

enum class Report : unsigned char { text, json, html };

struct Options {
  std::string scenario;
  std::optional<std::uint64_t> seed;
  Report report = Report::text;
  std::string output, journey, trace;
  std::optional<std::uint64_t> seeds;
  bool faults = false;
  std::optional<simulation::Duration> lasts;
};

void show(std::string const& path, simulation::ScenarioFile const& file, Context const& context) {
  auto const style =
      validator::reports::Style{.colour = use_colour(context.colour, stderr), .width = width(stderr) - 10};
  for (auto const& diagnostic : file.diagnostics) {
    if (diagnostic.rule == "SCN-00") {
      complain(path + ": " + diagnostic.message + " (SCN-00)");
      continue;
    }
    auto const report = validator::reports::text({path, file.text, {}}, diagnostic, style);
    std::fwrite(report.data(), 1, report.size(), stderr);
  }
}

std::optional<simulation::Scenario> load(Options const& options, Context const& context) {
  auto file = simulation::read_scenario_file(options.scenario, options.lasts);
  show(options.scenario, file, context);
  return std::move(file.scenario);
}

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// The whole of it, line by line, for whoever wants to compare two runs.
simulation::Options with_trace(Output& trace, bool wanted) {
  simulation::Options options;
  if (wanted)
    options.trace = [&trace](std::string_view line) {
      trace.write(line);
      trace.write("\n");
    };
  return options;
}

std::string in_form(SimulationRun const& run, Report report, Style const& style) {
  switch (report) {
    case Report::json:
      return simulation_in_json(run);
    case Report::html:
      return simulation_in_html(run);
    default:
      return simulation_in_text(run, style);
  }
}

std::unique_ptr<simulation::Simulation> ran(simulation::Scenario const& scenario, std::uint64_t seed,
                                            simulation::Options options) {
  auto simulation = std::make_unique<simulation::Simulation>(scenario, seed, std::move(options));
  simulation->run();
  return simulation;
}

// What went wrong is told with the message's way, which a run keeps only of messages it was asked for: the
// same seed gives the same run again.
std::set<simulation::MessageIndex> to_be_told(simulation::Ledger const& ledger,
                                              std::vector<simulation::Unmet> const& unmet) {
  std::set<simulation::MessageIndex> told;
  for (auto const& each : unmet)
    if (each.message) told.insert(*each.message);
  for (auto const& violation : ledger.violations())
    if (violation.message) told.insert(*violation.message);
  return told;
}

// The JSON report does, and what is expected of a heading looks for it among them.
bool lists_transmissions(Report report, simulation::Scenario const& scenario) {
  return report == Report::json ||
         std::ranges::any_of(scenario.expectations, [](simulation::Expected const& expected) {
           return std::holds_alternative<simulation::Heading>(expected);
         });
}

int run_once(Options const& options, simulation::Scenario const& scenario, Context const& context) {
  Output output, trace;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) return fail(*why);
  if (!options.trace.empty())
    if (auto const why = trace.open(options.trace)) return fail(*why);
  auto const seed = options.seed.value_or(scenario.seed);
  auto settings = with_trace(trace, !options.trace.empty());
  settings.ledger.journeys = false;
  settings.ledger.named = options.journey;
  auto const most_transmissions =
      lists_transmissions(options.report, scenario) ? settings.ledger.most_transmissions : 0;
  settings.ledger.most_transmissions = most_transmissions;
  auto simulation = ran(scenario, seed, std::move(settings));
  auto unmet = simulation::unmet(scenario, simulation->ledger());
  if (auto again = to_be_told(simulation->ledger(), unmet); !again.empty()) {
    simulation::Options watching;
    watching.ledger.journeys = false;
    watching.ledger.named = options.journey;
    watching.ledger.most_transmissions = most_transmissions;
    watching.ledger.watched = std::move(again);
    simulation = ran(scenario, seed, std::move(watching));
    unmet = simulation::unmet(scenario, simulation->ledger());
  }
  auto const& ledger = simulation->ledger();
  SimulationRun const run{scenario, seed, ledger, std::move(unmet), named(ledger, options.journey)};
  if (!options.journey.empty() && run.journeys.empty())
    return fail("no message '" + options.journey + "' was filed");
  output.write(in_form(run, options.report, Style{use_colour(context.colour, stdout)}));
  if (!options.trace.empty())
    if (auto const why = trace.close()) return fail(*why);
  if (finished(output) == failed) return failed;
  return run.unmet.empty() && ledger.violations().empty() ? ok : found;
}

// The scenario that fails goes to the output, so that it can be kept; why it fails to the operator.
int tell(simulation::Failure const& failure, Options const& options) {
  complain(fmt::format("seed {}: {}", failure.seed, failure.why));
  complain(fmt::format("the shortest scenario found that fails has {} messages and {} events",
                       failure.scenario.filings.size(), failure.scenario.troubles.size()));
  Output output;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) return fail(*why);
  output.write(fmt::format("# seed {}: {}\n", failure.seed, failure.why));
  output.write(simulation::to_toml(failure.scenario, failure.seed));
  return finished(output) == failed ? failed : found;
}

int search(Options const& options, simulation::Scenario const& scenario, Context const& context) {
  Progress progress(context, false, *options.seeds, "seeds");
  simulation::Search wanted{options.seed.value_or(scenario.seed), *options.seeds, options.faults, {}};
  wanted.progress = [&progress](std::uint64_t done) { progress.at(done, done); };
  auto const failure = simulation::search(scenario, wanted);
  progress.clear();
  if (failure) return tell(*failure, options);
  if (!context.quiet)
    remark(fmt::format("{} seeds from {} on{}: nothing fails", wanted.seeds, wanted.first_seed,
                       wanted.faults ? ", with faults" : ""));
  return ok;
}

int simulate(Options const& options, Context const& context) {
  auto const scenario = load(options, context);
  if (!scenario) return failed;
  if (options.seeds) return search(options, *scenario, context);
  return run_once(options, *scenario, context);
}

}  // namespace

void add_simulate(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "simulate",
      "Runs a network of relays on a virtual clock.\n\n"
      "The relays are those of 'serve', all in one process; the traffic, and what goes wrong, stand in a "
      "scenario (docs/scenarios.md). The same scenario and seed give the same run, to the last byte.");
  auto const options = std::make_shared<Options>();
  command->add_option("SCENARIO", options->scenario, "the scenario file")->required();
  command
      ->add_option("--seed", options->seed,
                   "for everything that chance decides; that of the scenario unless given")
      ->check(whole_number(0))
      ->option_text("N");
  add_duration(
      *command, "--for", longest, [options](std::chrono::seconds time) { options->lasts = time; },
      "how much virtual time traffic and events take, in place of the scenario's 'duration'");
  add_choice(*command, "--report", options->report,
             Choices<Report>{{"text", Report::text}, {"json", Report::json}, {"html", Report::html}},
             "for people, a SimulationReport (torntape.v1), or a page")
      ->option_text("FORMAT");
  command
      ->add_option("--journey", options->journey,
                   "the way of one message, hop by hop: by its identity in FL3 or its reference number")
      ->option_text("ID");
  auto* const seeds =
      command
          ->add_option("--seeds", options->seeds,
                       "looks for trouble with so many seeds: after every event it looks at what must always "
                       "hold; prints the shortest scenario that fails")
          ->check(whole_number(1))
          ->option_text("N");
  command
      ->add_flag("--faults", options->faults,
                 "with --seeds: circuits, relays and stations fail at random; what the scenario expects is "
                 "not asked then")
      ->needs(seeds);
  command->add_option("--output", options->output, "a file for the report")->option_text("FILE");
  command->add_option("--trace", options->trace, "a file for all that happens, a line each")
      ->option_text("FILE");
  command->footer(
      footer({{"torntape simulate fixtures/scenarios/astana.toml", "one telegram through six relays"},
              {"torntape simulate day.toml --seed 7 --report html --output day.html", "a page of it"},
              {"torntape simulate fixtures/scenarios/world.toml --for 365d", "a year of 250 posts"},
              {"torntape simulate day.toml --seeds 100 --faults > failing.toml", "a search for trouble"}},
             {{ok, "every expectation is met, nothing fails"},
              {found, "an expectation is not met, or a seed fails"},
              {failed, "could not read the scenario or its network"}}));
  command->callback([options, &context] { context.exit_code = simulate(*options, context); });
}

}  // namespace torntape::cli
