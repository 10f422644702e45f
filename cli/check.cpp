#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/baseline.hpp"
#include "cli/check_fix.hpp"
#include "cli/check_options.hpp"
#include "cli/check_report.hpp"
#include "cli/check_work.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/network.hpp"
#include "cli/ordered.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include "validator/continuity/follower.hpp"
#include "validator/fingerprint.hpp"

namespace torntape::cli {
namespace {

using Threads = Ordered<Job, std::vector<Part>>;

constexpr std::size_t share = 128 * 1024;  // bytes that a thread takes at once
constexpr std::size_t most_inputs = 16;    // small ones

std::size_t size_of(Input const& input) {
  if (input.content) return input.content->size();
  std::error_code error;
  auto const size = input.path == "-" ? 0 : std::filesystem::file_size(input.path, error);
  return error ? 0 : size;
}

// What is not to be read where it is checked: streams, pipes, and files of many shares.
bool is_stream(Input const& input) {
  std::error_code error;
  return input.content || input.path == "-" || size_of(input) > share ||
         !std::filesystem::is_regular_file(input.path, error);
}

class Check {
 public:
  Check(CheckOptions const& options, Context const& context) : options_(options), context_(context) {}

  int run(std::vector<std::string> const& arguments) {
    if (!prepare()) return failed;
    auto inputs = find_inputs(arguments, options_.standard_input);
    for (auto& input : inputs.files)
      input.coding = options_.coding ? options_.coding : coding_of(options_.file, input.path);
    for (auto const& failure : inputs.failures) unreadable(failure);
    hidden_ = inputs.hidden;
    if (options_.fix.any()) {
      if (!fix_files(inputs.files, plan_, options_.fix, options_.jobs, fixed_)) failed_ = true;
      if (options_.fix.diff) return diffed();
    }
    check(inputs.files);
    return finish();
  }

 private:
  // False, and the reason on standard error, where the check cannot be made.
  bool prepare() {
    if (!options_.network.empty() && !(plan_.directory = load_network(options_.network, context_)))
      return false;
    if (!options_.baseline.empty()) {
      if (auto const failure = baseline_.read(options_.baseline)) return refuse(*failure);
      plan_.baseline = &baseline_;
    }
    if (!options_.output.empty())
      if (auto const failure = output_.open(options_.output)) return refuse(*failure);
    plan_.rules = options_.rules;
    plan_.settings = [this](Input const& input) {
      auto settings = options_.settings;
      if (!settings.copy_kind) settings.copy_kind = copy_kind_of(options_.file, input.path);
      return settings;
    };
    plan_.keep_messages = options_.continuity;
    plan_.keep_fingerprints = !options_.write_baseline.empty();
    report_ = make_report(output_, options_.report, context_);
    plan_.report = report_.get();
    if (options_.continuity) continuity_.emplace(options_.rules, plan_.directory);
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
  void unreadable(std::string const& why) {
    fail(why);
    ++counts_.unreadable;
  }

  int diffed() {
    if (!context_.quiet) remark(fixed_.in_words(options_.fix));
    if (failed_) return failed;
    return fixed_.mends == 0 ? ok : found;
  }

  // --- reading, and handing out ---

  void check(std::vector<Input> const& inputs) {
    std::size_t total = 0;
    for (auto const& input : inputs) total += size_of(input);
    auto const on_terminal = is_terminal(output_.stream());
    progress_.emplace(context_, on_terminal, total);
    std::vector<std::shared_ptr<Worker>> own;
    std::vector<Threads::Work> workers;
    for (std::size_t i = 0; i != options_.jobs; ++i) {
      own.push_back(std::make_shared<Worker>(plan_));
      workers.emplace_back([worker = own.back()](Job& job) { return worker->work(job); });
    }
    if (shows_report()) report_->begin();
    Threads threads{std::move(workers), [this](std::vector<Part>& parts) { return take(parts); }};
    hand_out(inputs, threads);
    auto const all = threads.finish();
    if (all && continuity_) take_set(continuity_->end());
    progress_->clear();
    for (auto const& worker : own) tally_ += worker->tally();
    if (continuity_)
      for (auto const& [rule, count] : continuity_->exercise()) tally_.exercise[rule] += count;
    if (shows_report()) report_->end(counts_, tally_);
  }

  void hand_out(std::vector<Input> const& inputs, Threads& threads) {
    Job small;
    std::size_t held = 0;
    for (auto const& input : inputs) {
      auto const size = size_of(input);
      auto const stream = is_stream(input);
      if (stream || held + size > share || small.inputs.size() == most_inputs) {
        if (!small.inputs.empty() && !threads.give(std::exchange(small, {}))) return;
        held = 0;
      }
      if (stream) {
        if (!hand_out_stream(input, threads)) return;
      } else {
        small.inputs.push_back(&input);
        held += size;
      }
    }
    if (!small.inputs.empty()) threads.give(std::move(small));
  }

  // False: no more is wanted.
  bool hand_out_stream(Input const& input, Threads& threads) {
    // Room for a message that goes beyond the share: what is gathered is not moved about.
    auto const empty_job = [&] {
      Job job{{&input}, {}, {}, {}};
      job.bytes.reserve(share + 8192);
      return job;
    };
    auto job = empty_job();
    auto wanted = true;
    auto const failure = read_messages(input, [&](grammar::Frame const& frame) {
      job.messages.emplace_back(job.bytes.size(), frame.position);
      job.bytes += frame.bytes;
      job.alphabet = frame.alphabet;
      if (job.bytes.size() < share) return true;
      return wanted = threads.give(std::exchange(job, empty_job()));
    });
    if (wanted && !job.messages.empty()) wanted = threads.give(std::move(job));
    if (failure) {
      progress_->clear();
      unreadable(*failure);
    }
    return wanted;
  }

  // --- results, in order ---

  // A baseline is written in place of a report.
  [[nodiscard]] bool shows_report() const {
    // Fixed text of standard input has taken standard output.
    return options_.write_baseline.empty() && !(mends_standard_input() && options_.output.empty());
  }
  [[nodiscard]] bool mends_standard_input() const {
    return options_.fix.any() &&
           std::find(options_.arguments.begin(), options_.arguments.end(), "-") != options_.arguments.end();
  }

  bool take(std::vector<Part>& parts) {
    for (auto& part : parts)
      if (!take(part)) return false;
    return true;
  }

  bool take(Part& part) {
    counts_ += part.counts;
    bytes_ += part.bytes;
    if (part.failure) {
      progress_->clear();
      fail(*part.failure);
    }
    for (auto& [fingerprint, rule] : part.fingerprints) written_.add(std::move(fingerprint), std::move(rule));
    if (context_.verbosity > 0) count_input(part);
    progress_->at(bytes_, counts_.messages);
    if (shows_report() && !report_->take(part.piece)) return false;
    for (auto const& kept : part.messages)
      if (!take_set(continuity_->next(part.input->name, kept.message))) return false;
    return true;
  }

  // What only several messages together have shown.
  bool take_set(std::vector<validator::SetFinding> const& set) {
    for (auto const& [diagnostic, place] : set) {
      Report::Diagnostics findings{diagnostic};
      std::vector<std::string> fingerprints{validator::fingerprint(diagnostic, place.line)};
      if (plan_.keep_fingerprints) written_.add(fingerprints.front(), std::string{diagnostic.rule});
      if (plan_.baseline != nullptr) leave_out_known(baseline_, findings, fingerprints, counts_);
      if (findings.empty()) continue;
      counts_.add(diagnostic.severity);
      tally_.add(diagnostic);
      Piece piece{.source = place.source, .text = {}, .of_set = true};
      report_->say(piece, {place.source, place.line, place.position}, findings, fingerprints);
      if (shows_report() && !report_->take(piece)) return false;
    }
    return true;
  }

  void count_input(Part const& part) {
    if (last_ != part.input) say_counted();
    last_ = part.input;
    in_last_ += part.counts.messages;
  }
  void say_counted() {
    if (last_ != nullptr) remark(fmt::format("{}: {}", last_->name, counted(in_last_, "message")));
    in_last_ = 0;
  }

  int finish() {
    say_counted();
    auto const to_baseline = !options_.write_baseline.empty();
    if (to_baseline)
      if (auto const failure = written_.write(options_.write_baseline)) fail(*failure);
    if (auto const failure = output_.close()) fail(*failure);
    if (!context_.quiet) sum_up(to_baseline);
    if (failed_) return failed;
    return !to_baseline && counts_.any(options_.report.fail_on) ? found : ok;
  }

  void sum_up(bool to_baseline) {
    if (hidden_ != 0) remark(passed_over(hidden_));
    if (options_.fix.any()) remark(fixed_.in_words(options_.fix));
    if (to_baseline)
      remark(fmt::format("{} in {}: {}", counted(written_.size(), "finding"), options_.write_baseline,
                         counts_.in_words()));
    else if (options_.report.format == ReportFormat::text)
      remark(counts_.in_words());
  }

  CheckOptions const& options_;
  Context const& context_;
  Plan plan_;
  Baseline baseline_, written_;
  Output output_;
  std::unique_ptr<Report> report_;
  std::optional<validator::Continuity> continuity_;
  std::optional<Progress> progress_;
  Counts counts_;
  Tally tally_;
  FixCounts fixed_;
  std::size_t bytes_ = 0;
  std::size_t hidden_ = 0;       // files passed over
  Input const* last_ = nullptr;  // whose messages are being counted
  std::size_t in_last_ = 0;
  bool failed_ = false;
};

std::string title_of(std::vector<std::string> const& arguments) {
  std::string title;
  for (auto const& argument : arguments)
    title += (title.empty() ? "" : ", ") + (argument == "-" ? std::string{"standard input"} : argument);
  return title;
}

int check(CheckOptions& options, Context const& context, CLI::App const& command) {
  if (!resolve(options, command)) return failed;
  if (options.show_settings) {
    Output output;
    output.write(settings_in_words(options, command));
    return finished(output);
  }
  options.arguments = or_standard_input(options.arguments);
  options.report.title = title_of(options.arguments);
  if (!options.arguments.empty()) return Check{options, context}.run(options.arguments);
  complain("nothing to read");
  std::fputs(command.help().c_str(), stderr);
  return failed;
}

}  // namespace

void add_check(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "check",
      "Validates the headings of messages against the rules.\n\n"
      "A file may hold one message or a stream of them, with any line ends and with other text around. Every "
      "finding has a place, a rule and its source, and the mend where there is one; 'torntape explain RULE' "
      "says more.\n\n"
      "Settings are read from the nearest torntape.toml in this directory or above; variables TORNTAPE_* "
      "outrank "
      "it, options outrank both.");
  auto const options = std::make_shared<CheckOptions>();
  command->add_option(
      "FILE", options->arguments,
      "files, directories with all below them, or - for standard input; nothing means standard input "
      "too if something is piped into it");
  add_check_options(*command, *options);
  command->footer(
      footer({{"torntape check message.txt", "one message"},
              {"torntape check --fix message.txt", "what is safe to mend is mended in place"},
              {"torntape check --fail-on warning --format jsonl archive/", "an archive, for a program"},
              {"torntape check --continuity --report acceptance traffic/", "a report to hand in"},
              {"torntape check --ignore GEN-05,FL7-15 < traffic.txt", "a stream, but two rules"},
              {"torntape check --statistics archive/", "what goes wrong most"}},
             {{ok, "nothing was found at the level of --fail-on"},
              {found, "something was, or --diff has something to mend"},
              {failed, "something could not be read or written; outranks 1"}}));
  command->callback([options, command, &context] { context.exit_code = check(*options, context, *command); });
}

}  // namespace torntape::cli
