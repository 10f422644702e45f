#include "cli/check_options.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <thread>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/nearest.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "validator/reports/escape.hpp"

namespace torntape::cli {
namespace {

using grammar::CopyKind;
using grammar::Severity;

void add_rule_lists(CLI::App& command, validator::Options& rules) {
  auto const list = [&](char const* name, char const* variable, std::vector<std::string>& target,
                        char const* what) {
    command.add_option(name, target, what)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->envname(variable)
        ->option_text("RULE,...");
  };
  list("--select", "TORNTAPE_SELECT", rules.select, "only these rules: ids, names, or families such as FL2");
  list("--extend-select", "TORNTAPE_EXTEND_SELECT", rules.extend_select,
       "these rules too, which are off unless asked for");
  list("--ignore", "TORNTAPE_IGNORE", rules.ignore, "all but these");
}

void add_reading(CLI::App& command, CheckOptions& options) {
  command
      .add_option("--profile", options.profile,
                  "the family of rules, told from the text unless given: state, acp127, acp127-us, janap128, "
                  "acp126, or one of torntape.toml")
      ->envname("TORNTAPE_PROFILE")
      ->option_text("PROFILE");
  add_choice(command, "--copy-kind", options.settings.copy_kind,
             Choices<CopyKind>{{"origin", CopyKind::origin},
                               {"relay", CopyKind::relay},
                               {"web", CopyKind::web},
                               {"abbrev", CopyKind::abbreviated}},
             "the stage at which the copy was taken, told from the text unless given")
      ->envname("TORNTAPE_COPY_KIND")
      ->option_text("KIND");
  add_alphabet_choice(command, options.coding)->envname("TORNTAPE_ALPHABET");
  command.add_option("--network", options.network, "check indicators and names against this network file")
      ->envname("TORNTAPE_NETWORK")
      ->option_text("FILE");
  command.add_flag(
      "--continuity", options.continuity,
      "the rules about more than one message too: channel numbers, identities, sets of sections, "
      "over all messages in the order given");
  command.add_option("--stdin-filename", options.standard_input, "what reports call standard input")
      ->option_text("NAME");
  command.add_option("--jobs", options.jobs, "threads that check; one a core unless given")
      ->check(CLI::Range(1, 1024))
      ->envname("TORNTAPE_JOBS")
      ->option_text("N");
}

void add_reporting(CLI::App& command, CheckOptions& options) {
  add_choice(command, "--format", options.report.format,
             Choices<ReportFormat>{{"text", ReportFormat::text},
                                   {"json", ReportFormat::json},
                                   {"jsonl", ReportFormat::jsonl},
                                   {"sarif", ReportFormat::sarif},
                                   {"junit", ReportFormat::junit},
                                   {"html", ReportFormat::html}},
             "for people, one array of Diagnostic, one Diagnostic a line, SARIF 2.1.0, JUnit XML, or (with "
             "--report) "
             "a page")
      ->envname("TORNTAPE_FORMAT")
      ->option_text("FORMAT");
  command.add_flag("--statistics", options.report.statistics,
                   "how often each rule was broken, in place of the findings");
  add_choice(
      command, "--report", options.report.acceptance, Choices<bool>{{"acceptance", true}},
      "in place of the findings: every rule with its paragraph, how often it was put to the test, and the "
      "result")
      ->option_text("REPORT");
  command.add_option("--output", options.output, "write the report to a file, which is replaced at the end")
      ->option_text("FILE");
  add_choice(
      command, "--fail-on", options.report.fail_on,
      Choices<Severity>{{"error", Severity::error}, {"warning", Severity::warning}, {"never", Severity::off}},
      "the lowest severity that makes the exit code 1, error unless given")
      ->envname("TORNTAPE_FAIL_ON")
      ->option_text("LEVEL");
  command.add_option("--baseline", options.baseline, "leave out the findings of this baseline")
      ->envname("TORNTAPE_BASELINE")
      ->option_text("FILE");
  command
      .add_option("--write-baseline", options.write_baseline,
                  "write the findings there as a baseline, in place of a report")
      ->option_text("FILE");
}

void add_fixing(CLI::App& command, FixOptions& fix) {
  command.add_flag(
      "--fix", fix.fix,
      "mend what can be mended without a change of meaning, in place; the text of standard input goes to "
      "standard output");
  command.add_flag("--unsafe-fixes", fix.unsafe, "mend by likely repairs too");
  command.add_flag("--diff", fix.diff, "only show what would be mended; exit code 1 if anything would be");
}

void add_settings(CLI::App& command, CheckOptions& options) {
  auto* const config =
      command.add_option("--config", options.settings_path, "settings, in place of the torntape.toml found")
          ->envname("TORNTAPE_CONFIG")
          ->option_text("FILE");
  command.add_flag("--isolated", options.isolated, "look for no torntape.toml")->excludes(config);
  command.add_flag("--show-settings", options.show_settings,
                   "print the settings that hold, and check nothing");
}

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

bool refuse(std::string const& why) {
  complain(why);
  return false;
}

bool given(CLI::App const& command, char const* option) { return command.get_option(option)->count() != 0; }

bool load_file(CheckOptions& options) {
  if (options.isolated) return true;
  std::optional<std::filesystem::path> path;
  if (!options.settings_path.empty())
    path = options.settings_path;
  else
    path = find_settings(".");
  if (!path) return true;
  auto read = read_settings(*path);
  for (auto const& error : read.errors) complain(error);
  options.file = std::move(read.settings);
  return read.errors.empty();
}

template <class T, class U>
void fill(T& target, std::optional<U> const& value, bool taken) {
  if (value && !taken) target = *value;
}

// Lists of the command line replace those of the file; what extends or is ignored adds up.
void add_rules(validator::Options& rules, RuleSettings const& more, bool select_taken) {
  fill(rules.select, more.select, select_taken);
  auto const append = [](std::vector<std::string>& list,
                         std::optional<std::vector<std::string>> const& others) {
    if (others) list.insert(list.end(), others->begin(), others->end());
  };
  append(rules.extend_select, more.extend_select);
  append(rules.ignore, more.ignore);
  rules.severities.insert(rules.severities.end(), more.severities.begin(), more.severities.end());
}

bool take_profile(CheckOptions& options, bool select_taken, bool network_taken) {
  if (options.profile.empty()) return true;
  if (auto const known = profile_named(CLI::detail::to_lower(options.profile))) {
    options.settings.profile = *known;
    return true;
  }
  auto const own = options.file.profiles.find(options.profile);
  if (own == options.file.profiles.end()) {
    std::vector<std::string> names{"state", "acp127", "acp127-us", "janap128", "acp126"};
    for (auto const& [name, profile] : options.file.profiles) names.push_back(name);
    return refuse("no profile '" + options.profile + '\'' + did_you_mean(nearest(options.profile, names)));
  }
  options.settings.profile = own->second.base;
  add_rules(options.rules, own->second.rules, select_taken);
  fill(options.network, own->second.network, network_taken);
  return true;
}

std::string with_source(std::string_view key, std::string const& value, std::string_view source) {
  return fmt::format("{:<34} # {}\n", fmt::format("{} = {}", key, value), source);
}

std::string list_of(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& word : words) out += (out.empty() ? "" : ", ") + validator::reports::quoted(word);
  return '[' + out + ']';
}

}  // namespace

void add_check_options(CLI::App& command, CheckOptions& options) {
  add_rule_lists(command, options.rules);
  add_reading(command, options);
  add_reporting(command, options);
  add_fixing(command, options.fix);
  add_settings(command, options);
}

bool resolve(CheckOptions& options, CLI::App const& command) {
  if (!load_file(options)) return false;
  auto const& file = options.file;
  auto const select_taken = given(command, "--select");
  fill(options.profile, file.profile, given(command, "--profile"));
  fill(options.network, file.network, given(command, "--network"));
  fill(options.baseline, file.baseline, given(command, "--baseline"));
  fill(options.report.fail_on, file.fail_on, given(command, "--fail-on"));
  fill(options.jobs, file.jobs, given(command, "--jobs"));
  add_rules(options.rules, file.rules, select_taken);
  if (!take_profile(options, select_taken, given(command, "--network"))) return false;
  if (options.jobs == 0) options.jobs = std::max(1U, std::thread::hardware_concurrency());
  if (auto const unknown = unknown_rule(options.rules)) return refuse(*unknown);
  if (options.report.format == ReportFormat::html && !options.report.acceptance)
    return refuse("--format html needs --report acceptance");
  bool const page =
      options.report.format == ReportFormat::text || options.report.format == ReportFormat::html;
  if (options.report.acceptance && !page) return refuse("--report acceptance is written as text or html");
  return true;
}

std::string settings_in_words(CheckOptions const& options, CLI::App const& command) {
  auto const& file = options.file;
  auto const source = [&](char const* option, bool in_file) -> std::string {
    if (given(command, option)) return fmt::format("{} or its variable", option);
    return in_file ? file.path.string() : "default";
  };
  auto const in_quotes = [](std::string const& text) { return validator::reports::quoted(text); };
  auto const told = std::string{"\"\""};
  std::string out = fmt::format("# settings file: {}\n", file.path.empty() ? "none" : file.path.string());
  out += with_source(
      "profile", options.profile.empty() ? told : in_quotes(options.profile),
      options.profile.empty() ? "told from the text" : source("--profile", file.profile.has_value()));
  out += with_source("network", in_quotes(options.network), source("--network", file.network.has_value()));
  out +=
      with_source("baseline", in_quotes(options.baseline), source("--baseline", file.baseline.has_value()));
  auto const level = options.report.fail_on == Severity::off ? "never" : name(options.report.fail_on);
  out += with_source("fail-on", in_quotes(std::string{level}), source("--fail-on", file.fail_on.has_value()));
  out += with_source("jobs", fmt::format("{}", options.jobs), source("--jobs", file.jobs.has_value()));
  out +=
      with_source("select", list_of(options.rules.select), source("--select", file.rules.select.has_value()));
  out += with_source("extend-select", list_of(options.rules.extend_select),
                     source("--extend-select", file.rules.extend_select.has_value()));
  out +=
      with_source("ignore", list_of(options.rules.ignore), source("--ignore", file.rules.ignore.has_value()));
  if (!options.rules.severities.empty()) out += "\n[severity]\n";
  for (auto const& [rule, severity] : options.rules.severities)
    out += with_source(in_quotes(rule), in_quotes(std::string{name(severity)}), file.path.string());
  if (!file.copy_kinds.empty()) out += "\n[copy-kind]\n";
  for (auto const& [pattern, kind] : file.copy_kinds)
    out += with_source(in_quotes(pattern), in_quotes(std::string{name(kind)}), file.path.string());
  if (!file.codings.empty()) out += "\n[alphabet]\n";
  for (auto const& [pattern, coding] : file.codings)
    out += with_source(in_quotes(pattern), in_quotes(grammar::name(coding)), file.path.string());
  return out;
}

}  // namespace torntape::cli
