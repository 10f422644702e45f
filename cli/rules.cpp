#include <filesystem>
#include <memory>
#include <string>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/replacement.hpp"
#include "validator/reports/markdown.hpp"
#include "validator/reports/page.hpp"
#include "validator/rule.hpp"
#include "wire/json.hpp"
#include "wire/rule.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

void list_in_text(Output& output) {
  output.write("id      name                              SAUJX   what is required\n");
  for (auto const& rule : validator::rules()) output.write(validator::reports::list_line(rule) + '\n');
  output.write(
      "\nSAUJX: the severity in the profiles state, acp127, acp127-us, janap128 and acp126:\n"
      "E error, W warning, I information, - not applied.\n");
}

void list_in_json(Output& output) {
  std::string separator = "[\n";
  for (auto const& rule : validator::rules()) {
    output.write(separator + wire::to_json(wire::to_proto(rule)));
    separator = ",\n";
  }
  output.write(validator::rules().empty() ? "[]\n" : "\n]\n");
}

// One page a rule, and the index; pages of rules that are no more stay.
int write_pages(std::string const& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  auto const write = [&](std::string_view name, std::string const& text) {
    auto const failure = replace_file((std::filesystem::path{directory} / name).string() + ".md", text);
    if (failure) complain(*failure);
    return !failure;
  };
  if (!write("README", validator::reports::markdown_index())) return failed;
  for (auto const& rule : validator::rules())
    if (!write(rule.id, validator::reports::markdown(rule))) return failed;
  return ok;
}

int list(Format format) {
  Output output;
  if (format == Format::json)
    list_in_json(output);
  else
    list_in_text(output);
  return finished(output);
}

}  // namespace

void add_rules(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand("rules", "Lists the rules with their severities.");
  auto const format = std::make_shared<Format>(Format::text);
  add_choice(*command, "--format", *format, Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "how to print the list")
      ->option_text("FORMAT");
  auto const pages = std::make_shared<std::string>();
  command
      ->add_option("--markdown", *pages,
                   "write a page for every rule, and an index, into this directory instead")
      ->option_text("DIR");
  command->footer(footer({{"torntape rules", "one line a rule"},
                          {"torntape rules --format json", "for a program to read"},
                          {"torntape rules --markdown docs/rules", "their pages as documentation"}},
                         {{ok, "listed"}, {failed, "could not be written"}}));
  command->callback([format, pages, &context] {
    context.exit_code = pages->empty() ? list(*format) : write_pages(*pages);
  });
}

}  // namespace torntape::cli
