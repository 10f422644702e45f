#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/sending.hpp"
#include "cli/traffic_options.hpp"

namespace torntape::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  bool made_up = false;
  TrafficOptions traffic;
  SendingOptions sending;
};

// Every destination has a stream of its own, of the same messages.
MakeSource made_up_source(Options const& options, Context const& context) {
  return [&options, &context]() -> std::unique_ptr<send::Source> {
    std::shared_ptr<generator::Stream> const stream{made_up_traffic(options.traffic, context)};
    if (!stream) return nullptr;
    return std::make_unique<send::FromFunction>([stream]() -> std::optional<send::Sourced> {
      auto const& made = stream->next();
      return send::Sourced{.text = made.text, .damaged = !made.labels.empty()};
    });
  };
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
          if (!frame.bytes.empty()) wanted = take({.text = text_of(frame)});
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

 private:
  std::vector<Input> inputs_;
  std::atomic<bool> failed_{false};
};

int send_files(Options const& options, Context const& context) {
  auto const inputs = find_inputs(options.files);
  for (auto const& failure : inputs.failures) complain(failure);
  if (inputs.hidden != 0 && !context.quiet) remark(passed_over(inputs.hidden));
  FileSource source{inputs, options.sending.to.size() > 1};
  auto const code =
      send_all(options.sending, options.traffic.plan.seed, [&source] { return source.make(); }, context);
  return source.failed() || !inputs.failures.empty() ? failed : code;
}

int send(Options options, Context const& context) {
  if (options.made_up) {
    if (!options.files.empty()) return complain("--made-up and files: which is to be sent?"), failed;
    if (!options.sending.count && !options.sending.lasting)
      return complain("made-up messages have no end; say --count or --for"), failed;
    return send_all(options.sending, options.traffic.plan.seed, made_up_source(options, context), context);
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
  command->footer(
      footer({{"torntape send archive/ --to torntape://127.0.0.1:12701", "files an archive at a switch"},
              {"torntape send --made-up --for 60s --rate 100/s --to nats://localhost/telegrams",
               "a minute of traffic into a stream"},
              {"torntape send day.txt --to file:///tmp/a/ --to 'http://localhost/in?rate=1/s'",
               "the same to two, each at its pace"}},
             {{ok, "all is confirmed or sent, and what was expected holds"},
              {found, "a message was refused, failed or is unknown, or an expectation is not met"},
              {failed, "a destination was given up, an address is wrong, a file cannot be read"}}));
  command->callback([options, &context] { context.exit_code = send(*options, context); });
}

}  // namespace torntape::cli
