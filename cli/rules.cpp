#include <filesystem>
#include <memory>
#include <string>

#include <torntape/v1/report.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/replacement.hpp"
#include "validator/reports/markdown.hpp"
#include "validator/reports/page.hpp"
#include "validator/rule.hpp"
#include "wire/diagnostic.hpp"
#include "wire/heading.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

constexpr std::array profiles{grammar::Profile::state, grammar::Profile::acp127, grammar::Profile::acp127_us,
                              grammar::Profile::janap128, grammar::Profile::acp126};

v1::Safety to_proto(grammar::Safety safety) {
  switch (safety) {
    case grammar::Safety::safe:
      return v1::SAFETY_SAFE;
    case grammar::Safety::unsafe:
      return v1::SAFETY_UNSAFE;
    case grammar::Safety::none:
      break;
  }
  return v1::SAFETY_UNSPECIFIED;
}

std::string in_json(validator::Rule const& rule) {
  v1::RuleSummary summary;
  summary.set_id(std::string{rule.id});
  summary.set_name(std::string{rule.name});
  for (auto const profile : profiles) {
    if (rule.severities[profile] == grammar::Severity::off) continue;
    auto& severity = *summary.add_severities();
    severity.set_profile(wire::to_proto(profile));
    severity.set_severity(wire::to_proto(rule.severities[profile]));
  }
  summary.set_what(std::string{rule.page.what});
  summary.set_citation(std::string{rule.page.citation});
  summary.set_mend(to_proto(rule.mend));
  return wire::to_json(summary);
}

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
    output.write(separator + in_json(rule));
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
