#include "traffic/score/score.hpp"

#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <torntape/v1/traffic.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/score_reading.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

using grammar::Severity;
using score::Figures;
using score::Match;
using score::Score;

struct Options {
  std::string labels, findings, map, output;
  Match match = Match::message;
  Severity least = Severity::info;
  bool json = false;
};

constexpr std::string_view name(Match match) {
  return match == Match::message ? "message" : match == Match::line ? "line" : "span";
}

std::optional<std::string> contents(std::string const& path) {
  auto whole = read_whole({path, path});
  if (!whole.failure) return std::move(whole.bytes);
  complain(*whole.failure);
  return {};
}

bool told(std::vector<std::string> const& errors) {
  for (auto const& error : errors) complain(error);
  return !errors.empty();
}

std::string per_cent(std::optional<double> share) {
  constexpr double whole = 100;
  return share ? fmt::format("{:.1f} %", *share * whole) : "-";
}

std::string row(Figures const& figures, std::string_view title) {
  return fmt::format("{:<8} {:>8} {:>8} {:>9} {:>9} {:>8} {:>10} {:>8}\n", title, figures.labels,
                     figures.found, figures.labels - figures.found, figures.reported, figures.right,
                     per_cent(precision(figures)), per_cent(recall(figures)));
}

std::string as_text(Score const& score, ReportsRead const& reports, Match match) {
  auto text = fmt::format("{:<8} {:>8} {:>8} {:>9} {:>9} {:>8} {:>10} {:>8}\n", "rule", "labels", "found",
                          "missed", "reported", "right", "precision", "recall");
  for (auto const& figures : score.rules) text += row(figures, figures.rule);
  text += row(score.total, "all");
  text += fmt::format(
      "\n{} message{}, {} of them good; something was reported of {} good one{}. Matched by {}.\n",
      score.messages, score.messages == 1 ? "" : "s", score.good, score.false_alarms,
      score.false_alarms == 1 ? "" : "s", name(match));
  if (score.astray != 0)
    text += fmt::format("{} of no message of the label file {} left out.\n",
                        score.astray == 1 ? "1 report" : fmt::format("{} reports", score.astray),
                        score.astray == 1 ? "was" : "were");
  if (reports.unknown.empty()) return text;
  text += "No rules of torntape (--map translates them):";
  for (auto const& unknown : reports.unknown) text += ' ' + unknown;
  return text + '\n';
}

void put(Figures const& figures, v1::RuleScore& out) {
  out.set_rule(figures.rule);
  out.set_labels(static_cast<std::uint32_t>(figures.labels));
  out.set_found(static_cast<std::uint32_t>(figures.found));
  out.set_reported(static_cast<std::uint32_t>(figures.reported));
  out.set_right(static_cast<std::uint32_t>(figures.right));
  if (auto const share = precision(figures)) out.set_precision(*share);
  if (auto const share = recall(figures)) out.set_recall(*share);
}

std::string as_json(Score const& score, ReportsRead const& reports, Match match) {
  v1::Score out;
  out.set_match(std::string(name(match)));
  out.set_messages(static_cast<std::uint32_t>(score.messages));
  out.set_good_messages(static_cast<std::uint32_t>(score.good));
  out.set_false_alarms(static_cast<std::uint32_t>(score.false_alarms));
  put(score.total, *out.mutable_total());
  for (auto const& figures : score.rules) put(figures, *out.add_rules());
  for (auto const& unknown : reports.unknown) out.add_unknown_rules(unknown);
  return wire::to_json(out, wire::Layout::pretty);
}

int score_them(Options const& options) {
  auto const labels_text = contents(options.labels), findings_text = contents(options.findings);
  if (!labels_text || !findings_text) return failed;
  RuleMap map;
  if (!options.map.empty()) {
    auto const text = contents(options.map);
    if (!text) return failed;
    map = read_rule_map(*text, options.map);
  }
  auto const labels = read_labels(*labels_text, options.labels);
  auto const reports = read_reports(*findings_text, options.findings, map, options.least);
  // Each is told, also where another is wrong too.
  auto unreadable = told(map.errors);
  unreadable = told(labels.errors) || unreadable;
  unreadable = told(reports.errors) || unreadable;
  if (unreadable) return failed;
  if (labels.labels.empty()) {
    complain(options.labels + ": no labels; 'torntape generate --label FILE' writes them");
    return failed;
  }
  auto const score = score::score(labels.labels, reports.reports, options.match);
  Output output;
  if (!options.output.empty())
    if (auto const why = output.open(options.output)) {
      complain(*why);
      return failed;
    }
  output.write(options.json ? as_json(score, reports, options.match)
                            : as_text(score, reports, options.match));
  if (auto const code = finished(output); code != ok) return code;
  bool const all = score.total.found == score.total.labels && score.total.right == score.total.reported;
  return all ? ok : found;
}

}  // namespace

void add_score(CLI::App& app, Context& context) {
  auto* const command =
      app.add_subcommand("score",
                         "Compares what was found with what was wrong.\n\n"
                         "Precision and recall, rule by rule, of what a system reported of traffic that "
                         "'torntape generate --label' "
                         "made. FINDINGS is SARIF, the JSON of 'torntape check', or a table of message, "
                         "rule, line and offset, in "
                         "CSV or JSON. Another system's names of the rules are translated by --map.");
  auto const options = std::make_shared<Options>();
  command->add_option("LABELS", options->labels, "the label file")->required()->option_text(" ");
  command->add_option("FINDINGS", options->findings, "what was reported; - is standard input")
      ->required()
      ->option_text(" ");
  add_choice(*command, "--match", options->match,
             Choices<Match>{{"message", Match::message}, {"line", Match::line}, {"span", Match::span}},
             "what must agree beside the rule; a line may be the one next to it; message unless given")
      ->option_text("BY");
  add_choice(
      *command, "--least", options->least,
      Choices<Severity>{{"info", Severity::info}, {"warning", Severity::warning}, {"error", Severity::error}},
      "leave out what was reported at less; info unless given")
      ->option_text("LEVEL");
  command->add_option("--map", options->map, "two words a line: a name of theirs, the rule it stands for")
      ->option_text("FILE");
  add_choice(*command, "--format", options->json, Choices<bool>{{"text", false}, {"json", true}},
             "a table for people, or a Score")
      ->option_text("FORMAT");
  command->add_option("--output", options->output, "a file in place of standard output")->option_text("FILE");
  command->footer(
      footer({{"torntape generate --count 500 --violate all --label bad.jsonl --output bad.txt",
               "what is to be found"},
              {"torntape check bad.txt --copy-kind origin --format jsonl |\n      torntape score bad.jsonl -",
               "how much was"}},
             {{ok, "all was found, and nothing else reported"},
              {found, "something was missed, or reported beside it"},
              {failed, "could not read a file"}}));
  command->callback([options, &context] { context.exit_code = score_them(*options); });
}

}  // namespace torntape::cli
