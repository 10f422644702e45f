#include <memory>
#include <string>
#include <vector>

#include <torntape/v1/inspection.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/output.hpp"
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
};

std::string serialised(v1::Inspection const& inspection, Format format) {
  if (format == Format::jsonl) return wire::to_json(inspection) + '\n';
  std::string bytes;
  wire::append_delimited(inspection, bytes);
  return bytes;
}

class Parse {
 public:
  explicit Parse(Options const& options) : options_(options) {}

  int run(std::vector<std::string> const& arguments) {
    auto const inputs = find_inputs(arguments);
    for (auto const& failure : inputs.failures) fail(failure);
    for (auto const& input : inputs.files)
      if (auto const failure = read_messages(input, [&](auto const& frame) { return inspect(input, frame); }))
        fail(*failure);
    if (auto const failure = output_.close()) fail(*failure);
    return exit_code_;
  }

 private:
  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    exit_code_ = failed;
  }

  bool inspect(Input const& input, grammar::Frame const& frame) {
    auto const& message = parser_.parse(frame.bytes, {}, frame.position);
    auto const& diagnostics = checker_.check(message);
    return output_.write(serialised(
        wire::to_proto(message, grammar::tokens(message), diagnostics, input.name), options_.format));
  }

  Options const& options_;
  Output output_;
  grammar::Parser parser_;
  validator::Checker checker_;
  int exit_code_ = ok;
};

int parse(Options const& options, CLI::App const& command) {
  auto const arguments = or_standard_input(options.arguments);
  if (!arguments.empty()) return Parse{options}.run(arguments);
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
  command->footer(
      footer({{"torntape parse message.txt", "the message as a line of JSON"},
              {"torntape parse - < traffic.txt | jq .heading.originator", "who sent what"},
              {"torntape parse --format binpb archive/ > archive.binpb", "for a program"}},
             {{ok, "read; what the rules say makes no difference"}, {failed, "could not read or write"}}));
  command->callback([options, command, &context] { context.exit_code = parse(*options, *command); });
}

}  // namespace torntape::cli
