#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/label_writer.hpp"
#include "cli/one_file.hpp"
#include "cli/output.hpp"
#include "cli/sending.hpp"
#include "cli/traffic_options.hpp"

namespace torntape::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  bool made_up = false;
  std::string labels;
  TrafficOptions traffic;
  SendingOptions sending;
  std::vector<std::string> only_made_up;  // options that were given and say what is to be made up
  bool seeded = false;
};

// Made-up messages: every destination has a stream of its own, of the same ones.
class MadeUp {
 public:
  MadeUp(TrafficOptions const& options, Context const& context) : options_{options}, context_{context} {}

  [[nodiscard]] std::optional<std::string> open_labels(std::string const& path) {
    labelled_ = !path.empty();
    return labelled_ ? labels_.open(path) : std::nullopt;
  }
  [[nodiscard]] std::unique_ptr<send::Source> make() {
    std::shared_ptr<generator::Stream> const stream{made_up_traffic(options_, context_)};
    if (!stream) return nullptr;
    streams_.push_back(stream);
    return std::make_unique<send::FromFunction>([this, stream, at = Position{}]() mutable {
      auto const& made = stream->next();
      label(made, at);
      at = behind(at, made);
      return std::optional{send::Sourced{.text = made.text, .damaged = !made.labels.empty()}};
    });
  }
  // The most that a destination was offered of them: the next one was made, and then was not sent.
  [[nodiscard]] int finish(std::uint64_t offered) {
    if (last_ && last_number_ <= offered) labels_.write(*last_);
    auto code = labelled_ ? finished(labels_) : ok;
    auto const most_given_up = std::ranges::max_element(
        streams_, {}, [](auto const& stream) { return stream->impossible().size(); });
    if (most_given_up != streams_.end() && !tell_impossible(**most_given_up, options_)) code = failed;
    return code;
  }

 private:
  // Once, by the destination that is ahead.
  void label(generator::Made const& made, Position const& at) {
    if (!labelled_) return;
    std::lock_guard const lock{mutex_};
    if (at.number <= last_number_) return;
    if (last_) labels_.write(*last_);
    last_ = label_lines(made, at);
    last_number_ = at.number;
  }

  TrafficOptions const& options_;
  Context const& context_;
  std::vector<std::shared_ptr<generator::Stream>> streams_;
  std::mutex mutex_;
  Output labels_;
  bool labelled_ = false;
  std::optional<std::string> last_;  // its label is not written yet
  std::uint64_t last_number_ = 0;
};

int send_made_up(Options const& options, Context const& context) {
  MadeUp made_up{options.traffic, context};
  if (auto const why = made_up.open_labels(options.labels)) return complain(*why), failed;
  std::optional<std::uint64_t> offered;
  auto const code = send_all(
      options.sending, options.traffic.plan.seed, [&made_up] { return made_up.make(); }, context,
      [&offered](std::uint64_t messages) { offered = messages; });
  if (!offered) return code;  // it did not begin
  auto const made = made_up.finish(*offered);
  return made == ok ? code : made;
}

class FileSource {
 public:
  // What is piped in can be read once: for several destinations it is kept.
  FileSource(Inputs inputs, bool several) : inputs_{std::move(inputs.files)} {
    if (!several) return;
    for (auto& input : inputs_)
      if (input.path == "-") input.content = std::make_shared<std::string const>(read_whole(input).bytes);
  }
  [[nodiscard]] std::unique_ptr<send::Source> make() {
    return std::make_unique<send::FromReader>([this](send::FromReader::Take const& take) {
      auto wanted = true;
      for (auto const& input : inputs_) {
        if (!wanted) return;
        auto const why = read_messages(input, [&](grammar::Frame const& frame) {
          if (frame.bytes.find_first_not_of(" \t\r\n") == grammar::View::npos)
            return true;  // nothing stands there
          any_ = true;
          wanted = take({.text = text_of(frame)});
          return wanted;
        });
        if (why) {
          complain(*why);
          failed_ = true;
        }
      }
    });
  }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool any() const { return any_; }

 private:
  std::vector<Input> inputs_;
  std::atomic<bool> failed_{false}, any_{false};
};

int send_files(Options const& options, Context const& context) {
  auto const inputs = find_inputs(options.files);
  for (auto const& failure : inputs.failures) complain(failure);
  if (inputs.hidden != 0 && !context.quiet) remark(passed_over(inputs.hidden));
  FileSource source{inputs, options.sending.to.size() > 1};
  auto const code =
      send_all(options.sending, options.traffic.plan.seed, [&source] { return source.make(); }, context);
  if (source.failed() || !inputs.failures.empty()) return failed;
  if (code == ok && !source.any())
    return complain(fmt::format("{}: no message in it", fmt::join(options.files, ", "))), failed;
  return code;
}

// What was given and would decide nothing.
std::optional<std::string> idle_option(Options const& options) {
  if (options.made_up) return std::nullopt;
  if (!options.only_made_up.empty())
    return options.only_made_up.front() + " is of messages that are made up: --made-up is missing";
  auto const poisson = [](std::string const& text) { return text.find("poisson") != std::string::npos; };
  auto const& sending = options.sending;
  if (options.seeded && sending.fault.empty() && !poisson(sending.rate.value_or("")) &&
      std::ranges::none_of(sending.to, poisson))
    return "--seed decides nothing here: there is no --made-up, no --fault and no poisson rate";
  return std::nullopt;
}

// Of two files to write the second would replace the first.
std::optional<std::string> written_twice(Options const& options) {
  auto const& sending = options.sending;
  if (one_file(options.labels, sending.record)) return "--label and --record name one file";
  if (one_file(options.labels, sending.fault_label)) return "--label and --fault-label name one file";
  if (one_file(sending.record, sending.fault_label)) return "--record and --fault-label name one file";
  return std::nullopt;
}

int send(Options options, Context const& context) {
  if (auto const why = idle_option(options)) return complain(*why), failed;
  if (auto const why = written_twice(options)) return complain(*why), failed;
  if (options.made_up) {
    if (!options.files.empty()) return complain("--made-up and files: which is to be sent?"), failed;
    if (!options.sending.count && !options.sending.lasting)
      return complain("made-up messages have no end; say --count or --for"), failed;
    return send_made_up(options, context);
  }
  options.files = or_standard_input(std::move(options.files));
  if (options.files.empty()) return complain("nothing to send: name a file, or --made-up"), failed;
  return send_files(options, context);
}

}  // namespace

void add_send(CLI::App& app, Context& context) {
  auto* const command =
      app.add_subcommand("send",
                         "Sends messages to other systems, at a pace, and reports what became of them.\n\n"
                         "A pace waits for nobody: where a destination is slow, what follows is late, and "
                         "its latency counts from the "
                         "time it should have left. 'confirmed' is what the destination said that it has, "
                         "'unknown' what went out and was "
                         "never answered. Ctrl-C ends with the report so far.");
  auto const options = std::make_shared<Options>();
  command->add_option(
      "FILE", options->files,
      "files and directories of messages, - for standard input, which is read too where something is "
      "piped in and no file is named");
  command->add_flag("--made-up", options->made_up, "messages as 'generate' makes them, in place of files");
  add_sending_options(*command, options->sending);
  add_traffic_options(*command, options->traffic);
  command
      ->add_option("--label", options->labels,
                   "with --made-up: what is wrong with each message, and where, as 'generate' writes it")
      ->option_text("FILE");
  command->footer(footer(
      {{"torntape send archive/ --to torntape://127.0.0.1:12701", "files an archive at a switch"},
       {"torntape send --made-up --for 60s --rate 100/s --to nats://localhost/telegrams",
        "a minute of traffic into a stream"},
       {"torntape send --made-up --count 500 --violate all --label bad.jsonl\n      --to http://localhost/in",
        "and a file that says what is wrong with each"},
       {"torntape send day.txt --to file:///tmp/a/ --to 'http://localhost/in?rate=1/s'",
        "the same to two, each at its pace"}},
      {{ok, "all is confirmed or sent, and what was expected holds"},
       {found, "a message was refused, failed or is unknown, or an expectation is not met"},
       {failed, "a destination was given up, or there was nothing to send, or to break"}}));
  command->callback([options, command, &context] {
    options->only_made_up = traffic_options_given(*command);
    if (!options->labels.empty()) options->only_made_up.emplace_back("--label");
    options->seeded = command->get_option("--seed")->count() != 0;
    context.exit_code = send(*options, context);
  });
}

}  // namespace torntape::cli
