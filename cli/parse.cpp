#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <torntape/v1/inspection.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
#include "cli/reading.hpp"
#include "grammar/coverage.hpp"
#include "grammar/parser.hpp"
#include "grammar/tokens.hpp"
#include "validator/checker.hpp"
#include "wire/delimited.hpp"
#include "wire/inspection.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { jsonl, binpb };

struct Options {
  std::vector<std::string> arguments;
  Format format = Format::jsonl;
  grammar::Settings settings;
  std::optional<grammar::Coding> coding;
  bool coverage = false;
};

std::string serialised(v1::Inspection const& inspection, Format format) {
  if (format == Format::jsonl) return wire::to_json(inspection) + '\n';
  std::string bytes;
  wire::append_delimited(inspection, bytes);
  return bytes;
}

class Parse {
 public:
  Parse(Options const& options, Context const& context) : options_(options), context_(context) {}

  int run(std::vector<std::string> const& arguments) {
    auto const inputs = find_inputs(arguments, options_.coding);
    for (auto const& failure : inputs.failures) fail(failure);
    if (inputs.hidden != 0 && !context_.quiet) remark(passed_over(inputs.hidden));
    for (auto const& input : inputs.files)
      if (auto const failure = read_messages(input, [&](auto const& frame) { return inspect(input, frame); }))
        fail(*failure);
    if (options_.coverage) output_.write(share("all", covered_));
    if (auto const failure = output_.close()) fail(*failure);
    return exit_code_;
  }

 private:
  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    exit_code_ = failed;
  }

  bool inspect(Input const& input, grammar::Frame const& frame) {
    auto const& message = parser_.parse(frame.bytes, settings_for(frame, options_.settings), frame.position);
    if (options_.coverage) return show_coverage(input, message);
    auto const& diagnostics = checker_.check(message);
    return output_.write(serialised(
        wire::to_proto(message, grammar::tokens(message), diagnostics, input.name), options_.format));
  }

  // "97.8 %  1,412 of 1,444  message.txt:1"
  static std::string share(std::string const& of, grammar::Coverage const& covered) {
    auto const all = covered.printing == 0 ? 1 : covered.printing;
    return fmt::format("{:5.1f} %  {} of {} bytes  {}\n",
                       100.0 * static_cast<double>(covered.named) / static_cast<double>(all), covered.named,
                       covered.printing, of);
  }

  bool show_coverage(Input const& input, grammar::Message const& message) {
    auto const covered = grammar::coverage(message);
    covered_.printing += covered.printing;
    covered_.named += covered.named;
    return output_.write(share(fmt::format("{}:{}", input.name, message.position.line + 1), covered));
  }

  Options const& options_;
  Context const& context_;
  grammar::Coverage covered_;
  Output output_;
  grammar::Parser parser_;
  validator::Checker checker_;
  int exit_code_ = ok;
};

int parse(Options const& options, Context const& context, CLI::App const& command) {
  auto const arguments = or_standard_input(options.arguments);
  if (!arguments.empty()) return Parse{options, context}.run(arguments);
  complain("nothing to read");
  std::fputs(command.help().c_str(), stderr);
  return failed;
}

}  // namespace

void add_parse(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "parse",
      "Turns messages into structured data.\n\n"
      "Writes one Inspection (torntape.v1) for each message: its heading field by field, every token with "
      "its "
      "place and meaning, and what the rules say. Damaged messages are inspected like any others.");
  auto const options = std::make_shared<Options>();
  command->add_option("FILE", options->arguments, "files or directories; - or nothing for standard input");
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"jsonl", Format::jsonl}, {"binpb", Format::binpb}},
             "a line of JSON a message, or Protobuf, each message behind its length as a varint")
      ->option_text("FORMAT");
  add_reading_choices(*command, options->settings);
  add_alphabet_choice(*command, options->coding);
  command->add_flag(
      "--coverage", options->coverage,
      "in place of the messages, what share of their bytes has a name: blanks and line ends apart, "
      "those in a token that is not `unread`");
  command->footer(
      footer({{"torntape parse message.txt", "the message as a line of JSON"},
              {"torntape parse - < traffic.txt | jq .heading.originator", "who sent what"},
              {"torntape parse --format binpb archive/ > archive.binpb", "for a program"}},
             {{ok, "read; what the rules say makes no difference"}, {failed, "could not read or write"}}));
  command->callback([options, command, &context] { context.exit_code = parse(*options, context, *command); });
}

}  // namespace torntape::cli
