#include "cli/help.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace torntape::cli {
namespace {

constexpr std::size_t help_width = 80;
constexpr std::size_t left_column = 28;

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() {
    column_width(left_column);
    label("Positionals", "Arguments");
    label("SUBCOMMAND", "COMMAND");
    label("OPTIONS", "OPTION...");
  }

  std::string make_help(CLI::App const* app, std::string name, CLI::AppFormatMode mode) const override {
    auto help = make_description(app) + '\n' + make_usage(app, std::move(name)) + make_positionals(app) +
                make_groups(app, mode) + make_subcommands(app, mode);
    if (app->get_parent() != nullptr) help += global_options(app->get_parent());
    return help + make_footer(app);
  }
  std::string make_description(CLI::App const* app) const override {
    return wrapped(app->get_description(), help_width) + '\n';
  }
  // Only what is to be typed: "--format FORMAT".
  std::string make_option_opts(CLI::Option const* option) const override {
    if (!option->get_option_text().empty()) return ' ' + option->get_option_text();
    if (option->get_type_size() == 0 || option->get_positional()) return {};
    return ' ' + get_label(option->get_type_name());
  }
  std::string make_option_desc(CLI::Option const* option) const override {
    return wrapped(option->get_description(), help_width - left_column);
  }
  std::string make_subcommand(CLI::App const* command) const override {
    auto const what = wrapped(first_line(command->get_description()), help_width - left_column);
    std::ostringstream out;
    CLI::detail::format_help(out, command->get_display_name(true), what, left_column);
    return out.str();
  }
  std::string make_footer(CLI::App const* app) const override {
    auto const text = app->get_footer();
    return text.empty() ? std::string{} : '\n' + text;
  }

 private:
  std::string global_options(CLI::App const* program) const {
    auto const shared = program->get_options([](CLI::Option const* option) {
      return option->nonpositional() && !option->check_name("--help") && !option->check_name("--version");
    });
    return make_group("Options of every command", false, shared);
  }
};

}  // namespace

std::shared_ptr<CLI::Formatter> help_formatter() { return std::make_shared<HelpFormatter>(); }

std::string footer(std::initializer_list<Example> examples, std::initializer_list<ExitCode> codes) {
  std::size_t longest = 0;
  for (auto const& example : examples) longest = std::max(longest, example.command.size());
  auto const side_by_side = std::all_of(examples.begin(), examples.end(), [&](Example const& example) {
    return longest + example.what.size() + 4 <= help_width;
  });
  std::string text;
  auto out = std::back_inserter(text);
  if (examples.size() != 0) text += "Examples:\n";
  for (auto const& example : examples) {
    if (side_by_side)
      fmt::format_to(out, "  {:<{}}  {}\n", example.command, longest, example.what);
    else
      fmt::format_to(out, "  {}\n      {}\n", example.command, example.what);
  }
  if (codes.size() != 0) text += "\nExit codes:\n";
  for (auto const& code : codes) fmt::format_to(out, "  {}  {}\n", code.code, code.meaning);
  return text;
}

std::string wrapped(std::string_view text, std::size_t columns, std::size_t used) {
  std::string out;
  while (!text.empty()) {
    auto const end = text.find_first_of(" \n");
    auto const word = text.substr(0, end);
    if (used != 0 && used + 1 + word.size() > columns) {
      out += '\n';
      used = 0;
    } else if (used != 0) {
      out += ' ';
      ++used;
    }
    out += word;
    used += word.size();
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') {
      out += '\n';
      used = 0;
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace torntape::cli
