#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/nearest.hpp"
#include "cli/output.hpp"
#include "cli/short_pages.hpp"
#include "cli/terminal.hpp"
#include "validator/reports/page.hpp"
#include "validator/rule.hpp"

namespace torntape::cli {
namespace {

validator::Rule const* find(std::string const& word) {
  auto const wanted = CLI::detail::to_lower(word);
  auto const all = validator::rules();
  auto const at = std::find_if(all.begin(), all.end(), [&](validator::Rule const& rule) {
    return CLI::detail::to_lower(std::string{rule.id}) == wanted || rule.name == wanted;
  });
  return at == all.end() ? nullptr : &*at;
}

std::vector<std::string> ids_and_names() {
  std::vector<std::string> words;
  for (auto const& page : short_pages()) words.emplace_back(page.id);
  for (auto const& rule : validator::rules()) {
    words.emplace_back(rule.id);
    words.emplace_back(rule.name);
  }
  return words;
}

int explain(std::string const& word, Context const& context) {
  auto const* const rule = find(word);
  if (auto const* const page = short_page(word)) {
    Output output;
    output.write(
        wrapped(fmt::format("{} {}\n\n{}\n\n{}\n", page->id, page->name, page->what, page->where), 80));
    return finished(output);
  }
  if (rule == nullptr) {
    auto const near = nearest(word, ids_and_names());
    complain("no rule '" + word + '\'' +
             (near.empty() ? "; 'torntape rules' lists them" : did_you_mean(near)));
    return failed;
  }
  Output output;
  output.write(validator::reports::page(*rule, {.colour = use_colour(context.colour, stdout),
                                                .width = std::max<std::size_t>(width(stdout), 60) - 14}));
  return finished(output);
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "explain", "Explains a rule: what it requires, why, an example, the mend, the source.");
  auto const word = std::make_shared<std::string>();
  command->add_option("RULE", *word, "id or name of the rule, in capitals or not")->required();
  command->footer(footer(
      {{"torntape explain FL2-01", "by its id"}, {"torntape explain precedence-not-doubled", "by its name"}},
      {{ok, "explained"}, {failed, "there is no such rule"}}));
  command->callback([word, &context] { context.exit_code = explain(*word, context); });
}

}  // namespace torntape::cli
