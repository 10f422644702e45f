#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/nearest.hpp"
#include "cli/output.hpp"

namespace torntape::cli {
namespace {

void add_options(CLI::App& app, Context& context) {
  static std::map<std::string, Colour> const colours{
      {"auto", Colour::automatic}, {"always", Colour::always}, {"never", Colour::never}};
  app.add_option("--color", context.colour,
                 "auto, always or never; auto is on for a terminal unless NO_COLOR is set")
      ->transform(CLI::CheckedTransformer(colours, CLI::ignore_case))
      ->option_text("WHEN");
  app.add_flag("-q,--quiet", context.quiet, "no summary and no remarks on standard error");
  app.add_flag("-v,--verbose", context.verbosity, "more remarks on standard error");
  app.set_version_flag("--version", std::string{"torntape "} + TORNTAPE_VERSION, "print the version");
}

void add_commands(CLI::App& app, Context& context) {
  add_check(app, context);
  add_annotate(app, context);
  add_parse(app, context);
  add_format(app, context);
  add_explain(app, context);
  add_rules(app, context);
  add_route(app, context);
  add_generate(app, context);
  add_score(app, context);
  add_simulate(app, context);
  add_send(app, context);
  add_replay(app, context);
  add_receive(app, context);
  add_compare(app, context);
  add_serve(app, context);
  add_submit(app, context);
  add_queues(app, context);
  add_collect(app, context);
  add_message(app, context);
  add_journal(app, context);
  add_reroute(app, context);
  add_circuit(app, context);
  add_store(app, context);
  add_token(app, context);
}

void group(CLI::App& app) {
  for (auto const* name : {"check", "annotate", "parse", "format", "explain", "rules"})
    app.get_subcommand(name)->group("Read and validate");
  for (auto const* name : {"route", "simulate", "serve", "token"}) app.get_subcommand(name)->group("Route");
  for (auto const* name : {"generate", "score", "send", "replay", "receive", "compare"})
    app.get_subcommand(name)->group("Test with made-up traffic");
  for (auto const* name : {"submit", "queues", "collect", "message", "journal", "reroute", "circuit"})
    app.get_subcommand(name)->group("Talk to a running switch");
}

void set_up(CLI::App& app, Context& context) {
  app.formatter(help_formatter());
  app.set_help_flag("-h,--help", "print this help");
  // An option of every command may stand behind the command too.
  app.fallthrough();
  add_options(app, context);
  add_commands(app, context);
  group(app);
  app.footer(
      footer({{"torntape check message.txt", "what is wrong with a message"},
              {"torntape annotate message.txt", "what every part of its heading means"},
              {"torntape COMMAND --help", "options, examples, exit codes of a command"}},
             {{ok, "done"}, {found, "done, and something was found or refused"}, {failed, "could not run"}}));
}

// The command that was named, or the program itself.
CLI::App const& addressed(CLI::App const& app) {
  auto const commands = app.get_subcommands();
  return commands.empty() ? app : *commands.front();
}

std::vector<std::string> command_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (auto const* option : app.get_options())
    for (auto const& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string unexpected(CLI::App const& app, std::string const& argument) {
  auto const& command = addressed(app);
  if (argument.starts_with('-')) {
    auto names = option_names(command);
    if (&command != &app)
      for (auto const& name : option_names(app)) names.push_back(name);
    return "unknown option '" + argument + '\'' +
           did_you_mean(nearest(argument.substr(0, argument.find('=')), names));
  }
  if (&command == &app)
    return "unknown command '" + argument + '\'' + did_you_mean(nearest(argument, command_names(app)));
  return "'" + argument + "' is one argument too many";
}

std::string in_words(CLI::App const& app, CLI::ParseError const& error) {
  if (auto const left = app.remaining(true); !left.empty()) return unexpected(app, left.front());
  return error.what();
}

int refuse(CLI::App const& app, CLI::ParseError const& error) {
  auto const& command = addressed(app);
  complain(in_words(app, error));
  complain("see 'torntape" + (&command == &app ? std::string{} : ' ' + command.get_name()) + " --help'");
  return failed;
}

int run(int argc, char** argv) {
  Context context;
  CLI::App app{"Reads, validates and routes the heading of legacy telegraphic messages.", "torntape"};
  set_up(app, context);
  try {
    app.parse(argc, argv);
  } catch (CLI::Success const& help_or_version) {
    return app.exit(help_or_version, std::cout, std::cerr);
  } catch (CLI::ParseError const& error) {
    return refuse(app, error);
  }
  if (app.get_subcommands().empty()) {
    std::cerr << app.help();
    return failed;
  }
  return context.exit_code;
}

// A result that did not reach its reader is no success. A reader that went away knows that itself.
int finish(int exit_code) {
  std::cout.flush();
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.good()) return exit_code;
  if (errno != EPIPE) complain(std::string{"standard output: "} + std::strerror(errno));
  return failed;
}

}  // namespace
}  // namespace torntape::cli

int main(int argc, char** argv) {
  namespace cli = torntape::cli;
  std::signal(SIGPIPE, SIG_IGN);  // a write tells; see finish
  try {
    return cli::finish(cli::run(argc, argv));
  } catch (std::exception const& error) {
    cli::complain(error.what());
    return cli::failed;
  }
}
