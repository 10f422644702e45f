#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <torntape/v1/inspection.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/inspections.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "grammar/alphabets/coding.hpp"
#include "grammar/alphabets/transmission.hpp"
#include "grammar/parser.hpp"
#include "grammar/printing.hpp"
#include "wire/message.hpp"

namespace torntape::cli {
namespace {

using grammar::LineEnds;

struct Options {
  std::vector<std::string> arguments;
  grammar::Settings settings;
  std::optional<grammar::Coding> coding, to;
  std::optional<InspectionFormat> from;
  LineEnds line_ends = LineEnds::lf;
};

class Format {
 public:
  Format(Options const& options, Context const& context) : options_(options), context_(context) {
    if (options.to) encoder_.emplace(*options.to);
  }

  int run(std::vector<std::string> const& arguments) {
    auto const inputs = find_inputs(arguments, options_.coding);
    for (auto const& failure : inputs.failures) fail(failure);
    if (inputs.hidden != 0 && !context_.quiet) remark(passed_over(inputs.hidden));
    for (auto const& input : inputs.files)
      if (auto const failure = options_.from ? print_inspections(input) : print_messages(input))
        fail(*failure);
    if (encoder_) finish_octets();
    if (auto const failure = output_.close()) fail(*failure);
    return exit_code_;
  }

 private:
  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    exit_code_ = failed;
  }

  std::optional<std::string> print_messages(Input const& input) {
    return read_messages(input, [&](grammar::Frame const& frame) {
      auto const& message =
          parser_.parse(frame.bytes, settings_for(frame, options_.settings), frame.position);
      if (!context_.quiet && !message.source.empty() && !grammar::is_printable(message))
        remark(input.name + ":" + std::to_string(frame.position.line + 1) +
               ": heading not wholly understood, left as it is; `torntape annotate` shows what was read");
      return write(message, input.name + ':' + std::to_string(frame.position.line + 1));
    });
  }

  std::optional<std::string> print_inspections(Input const& input) {
    return read_inspections(input, *options_.from, [&](v1::Inspection const& inspection) {
      wire::FilledMessage const filled{inspection.heading()};
      return write(filled.message(), input.name);
    });
  }

  bool write(grammar::Message const& message, std::string const& place) {
    if (!encoder_) return output_.write(grammar::print(message, options_.line_ends));
    auto const tape = grammar::transmission(message, options_.to->alphabet);
    std::string octets;
    auto const left_out = encoder_->encode(tape, octets);
    if (!left_out.empty())
      fail(place + ": " + grammar::name(*options_.to) + " has no `" + tape[left_out.front()] +
           "`, which is left out");
    return output_.write(octets);
  }

  void finish_octets() {
    std::string octets;
    encoder_->finish(octets);
    output_.write(octets);
  }

  Options const& options_;
  Context const& context_;
  Output output_;
  std::optional<grammar::TapeEncoder> encoder_;  // into octets
  grammar::Parser parser_;
  int exit_code_ = ok;
};

int format(Options const& options, Context const& context, CLI::App const& command) {
  auto const arguments = or_standard_input(options.arguments);
  if (!arguments.empty()) return Format{options, context}.run(arguments);
  complain("nothing to read");
  std::fputs(command.help().c_str(), stderr);
  return failed;
}

}  // namespace

void add_format(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "format",
      "Prints messages with a canonical heading.\n\n"
      "One blank between groups, one address a line, routing lines filled to their width and, in State "
      "headings, sorted. Text and matter around a message stay as they are. A heading that is not wholly "
      "understood is printed as it stands: nothing is ever lost.");
  auto const options = std::make_shared<Options>();
  command->add_option("FILE", options->arguments, "files or directories; - or nothing for standard input");
  add_reading_choices(*command, options->settings);
  add_alphabet_choice(*command, options->coding);
  add_choice(
      *command, "--from", options->from,
      Choices<InspectionFormat>{{"jsonl", InspectionFormat::jsonl}, {"binpb", InspectionFormat::binpb}},
      "the input is what `torntape parse` wrote; its headings, to the line of the classification, become "
      "text again")
      ->option_text("FORMAT");
  auto* const line_ends =
      add_choice(
          *command, "--line-ends", options->line_ends,
          Choices<LineEnds>{{"lf", LineEnds::lf}, {"crlf", LineEnds::crlf}, {"wire", LineEnds::wire}},
          "line ends to write, wire being CR CR LF and five spaces after the transmission identification")
          ->option_text("ENDS");
  add_target_alphabet_choice(*command, options->to)->excludes(line_ends);
  command->footer(
      footer({{"torntape format message.txt", "the message, its heading canonical"},
              {"torntape parse message.txt | torntape format --from jsonl", "data, and text again"},
              {"torntape format --to ita2 message.txt > message.ita2", "the octets of a teletype circuit"}},
             {{ok, "printed"}, {failed, "could not read or write"}}));
  command->callback(
      [options, command, &context] { context.exit_code = format(*options, context, *command); });
}

}  // namespace torntape::cli
