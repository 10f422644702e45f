#include <memory>
#include <string>

#include <torntape/v1/report.pb.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
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
  command->footer(footer(
      {{"torntape rules", "one line a rule"}, {"torntape rules --format json", "for a program to read"}},
      {{ok, "listed"}, {failed, "could not be written"}}));
  command->callback([format, &context] { context.exit_code = list(*format); });
}

}  // namespace torntape::cli
