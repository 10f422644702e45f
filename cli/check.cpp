#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/check_report.hpp"
#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/nearest.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"

namespace torntape::cli {
namespace {

using grammar::CopyKind;
using grammar::Profile;
using grammar::Severity;

struct Options {
  std::vector<std::string> arguments;
  ReportFormat format = ReportFormat::text;
  grammar::Settings settings;
  validator::Options rules;
  std::string network;
  bool statistics = false;
  Severity fail_on = Severity::error;
  std::string standard_input = "-";
  std::string output;
};

std::optional<std::string> unknown_rule(validator::Options const& options) {
  auto const unknown = validator::unknown_rules(options);
  if (unknown.empty()) return {};
  std::vector<std::string> known;
  for (auto const& rule : validator::rules()) {
    known.emplace_back(rule.id);
    known.emplace_back(rule.name);
  }
  return "no rule or family '" + unknown.front() + '\'' + did_you_mean(nearest(unknown.front(), known));
}

class Check {
 public:
  Check(Options const& options, Context const& context) : options_(options), context_(context) {}

  int run(std::vector<std::string> const& arguments) {
    if (!prepare()) return failed;
    auto const inputs = find_inputs(arguments, options_.standard_input);
    for (auto const& failure : inputs.failures) fail(failure);
    report_->begin();
    for (auto const& input : inputs.files) check(input);
    report_->end();
    if (auto const failure = output_.close()) fail(*failure);
    if (options_.format == ReportFormat::text && !context_.quiet) remark(report_->counts().in_words());
    if (failed_) return failed;
    return report_->counts().any(options_.fail_on) ? found : ok;
  }

 private:
  // False, and the reason on standard error, where the check cannot be made.
  bool prepare() {
    if (auto const unknown = unknown_rule(options_.rules)) return refuse(*unknown);
    std::shared_ptr<directory::Directory const> directory;
    if (!options_.network.empty() && !(directory = load_network(options_.network, context_))) return false;
    if (!options_.output.empty())
      if (auto const failure = output_.open(options_.output)) return refuse(*failure);
    checker_.emplace(options_.rules, std::move(directory));
    report_ = make_report(output_, options_.format, options_.statistics, context_);
    return true;
  }

  static bool refuse(std::string const& why) {
    complain(why);
    return false;
  }

  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    failed_ = true;
  }

  void check(Input const& input) {
    auto const before = report_->counts().messages;
    auto const failure = read_messages(input, [&](grammar::Frame const& frame) {
      auto const& message = parser_.parse(frame.bytes, options_.settings, frame.position);
      return report_->message(input.name, message, checker_->check(message));
    });
    if (failure) fail(*failure);
    if (context_.verbosity > 0)
      remark(fmt::format("{}: {}", input.name, counted(report_->counts().messages - before, "message")));
  }

  Options const& options_;
  Context const& context_;
  Output output_;
  grammar::Parser parser_;
  std::optional<validator::Checker> checker_;
  std::unique_ptr<Report> report_;
  bool failed_ = false;
};

int check(Options const& options, Context const& context, CLI::App const& command) {
  auto const arguments = or_standard_input(options.arguments);
  if (!arguments.empty()) return Check{options, context}.run(arguments);
  complain("nothing to read");
  std::fputs(command.help().c_str(), stderr);
  return failed;
}

void add_rule_lists(CLI::App& command, validator::Options& rules) {
  auto const list = [&](char const* name, std::vector<std::string>& target, char const* what) {
    command.add_option(name, target, what)->delimiter(',')->allow_extra_args(false)->option_text("RULE,...");
  };
  list("--select", rules.select, "only these rules: ids, names, or families such as FL2");
  list("--extend-select", rules.extend_select, "these rules too, which are off unless asked for");
  list("--ignore", rules.ignore, "all but these");
}

void add_reading(CLI::App& command, Options& options) {
  add_choice(command, "--profile", options.settings.profile,
             Choices<Profile>{{"state", Profile::state},
                              {"acp127", Profile::acp127},
                              {"acp127-us", Profile::acp127_us},
                              {"janap128", Profile::janap128},
                              {"acp126", Profile::acp126}},
             "the family of rules, told from the text unless given")
      ->option_text("PROFILE");
  add_choice(command, "--copy-kind", options.settings.copy_kind,
             Choices<CopyKind>{{"origin", CopyKind::origin},
                               {"relay", CopyKind::relay},
                               {"web", CopyKind::web},
                               {"abbrev", CopyKind::abbreviated}},
             "the stage at which the copy was taken, told from the text unless given")
      ->option_text("KIND");
  command.add_option("--network", options.network, "check indicators and names against this network file")
      ->option_text("FILE");
  command.add_option("--stdin-filename", options.standard_input, "what reports call standard input")
      ->option_text("NAME");
}

void add_reporting(CLI::App& command, Options& options) {
  add_choice(command, "--format", options.format,
             Choices<ReportFormat>{
                 {"text", ReportFormat::text}, {"json", ReportFormat::json}, {"jsonl", ReportFormat::jsonl}},
             "for people, one array of Diagnostic, or one Diagnostic a line")
      ->option_text("FORMAT");
  command.add_flag("--statistics", options.statistics,
                   "how often each rule was broken, in place of the findings");
  command.add_option("--output", options.output, "write the report to a file")->option_text("FILE");
  add_choice(
      command, "--fail-on", options.fail_on,
      Choices<Severity>{{"error", Severity::error}, {"warning", Severity::warning}, {"never", Severity::off}},
      "the lowest severity that makes the exit code 1, error unless given")
      ->option_text("LEVEL");
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "check",
      "Validates the headings of messages against the rules.\n\n"
      "A file may hold one message or a stream of them, with any line ends and with other text around. Every "
      "finding has a place, a rule and its source, and the mend where there is one; 'torntape explain RULE' "
      "says more.");
  auto const options = std::make_shared<Options>();
  command->add_option(
      "FILE", options->arguments,
      "files, directories with all below them, or - for standard input; nothing means standard input "
      "too if something is piped into it");
  add_rule_lists(*command, options->rules);
  add_reading(*command, *options);
  add_reporting(*command, *options);
  command->footer(
      footer({{"torntape check message.txt", "one message"},
              {"torntape check --fail-on warning --format jsonl archive/", "an archive, for a program"},
              {"torntape check --ignore GEN-05,FL7-15 < traffic.txt", "a stream, but two rules"},
              {"torntape check --statistics archive/", "what goes wrong most"}},
             {{ok, "nothing was found at the level of --fail-on"},
              {found, "something was"},
              {failed, "something could not be read or written; outranks 1"}}));
  command->callback([options, command, &context] { context.exit_code = check(*options, context, *command); });
}

}  // namespace torntape::cli
