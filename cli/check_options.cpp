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
#include "cli/rule_words.hpp"
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
                   "how often each rule was broken, in place of the findings; as text, json or jsonl");
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
  return unknown.empty() ? std::nullopt : no_such_rule(unknown.front());
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
void add_rules(CheckOptions& options, RuleSettings const& more, bool select_taken) {
  auto& rules = options.rules;
  fill(rules.select, more.select, select_taken);
  auto const append = [](std::vector<std::string>& list,
                         std::optional<std::vector<std::string>> const& others) {
    if (others) list.insert(list.end(), others->begin(), others->end());
  };
  append(rules.extend_select, more.extend_select);
  append(rules.ignore, more.ignore);
  rules.severities.insert(rules.severities.end(), more.severities.begin(), more.severities.end());
  auto& given = options.given_conventions;
  given.insert(given.end(), more.conventions.begin(), more.conventions.end());
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
  add_rules(options, own->second.rules, select_taken);
  fill(options.network, own->second.network, network_taken);
  return true;
}

std::string with_source(std::string_view key, std::string const& value, std::string_view source) {
  return fmt::format("{:<34} # {}\n", fmt::format("{} = {}", key, value), source);
}

// Where the profile is told from the text, so is what profiles differ in.
std::string convention_in_words(ConventionKey const& key, CheckOptions const& options) {
  auto const& given = options.given_conventions;
  auto const last =
      std::find_if(given.rbegin(), given.rend(), [&](auto const& each) { return each.key == &key; });
  if (last != given.rend()) return with_source(key.name, key.shown(last->values), last->source);
  if (auto const profile = options.settings.profile)
    return with_source(key.name, key.shown(options.conventions[static_cast<std::size_t>(*profile)]),
                       fmt::format("profile {}", name(*profile)));
  auto const value = key.shown(options.conventions.front());
  auto const same = [&](auto const& each) { return key.shown(each) == value; };
  if (std::ranges::all_of(options.conventions, same)) return with_source(key.name, value, "default");
  return fmt::format("{:<34} # by the profile\n", fmt::format("# {}", key.name));
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
  add_rules(options, file.rules, select_taken);
  if (!take_profile(options, select_taken, given(command, "--network"))) return false;
  options.conventions = conventions_with(options.given_conventions);
  options.settings.conventions = &options.conventions;
  if (options.jobs == 0) options.jobs = std::max(1U, std::thread::hardware_concurrency());
  if (auto const unknown = unknown_rule(options.rules)) return refuse(*unknown);
  if (options.report.format == ReportFormat::html && !options.report.acceptance)
    return refuse("--format html needs --report acceptance");
  bool const page =
      options.report.format == ReportFormat::text || options.report.format == ReportFormat::html;
  auto const sums =
      options.report.format == ReportFormat::sarif || options.report.format == ReportFormat::junit;
  if (options.report.statistics && sums) return refuse("--statistics is written as text, json or jsonl");
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
  for (auto const& key : convention_keys()) out += convention_in_words(key, options);
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
