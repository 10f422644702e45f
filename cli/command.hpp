// The program's subcommands: one file each, added to the parser by one function each.
#pragma once

#include <CLI/CLI.hpp>

namespace torntape::cli {

// Exit codes of every command (README, "Exit codes").
inline constexpr int ok = 0, found = 1, failed = 2;

enum class Colour : unsigned char { automatic, always, never };

// What all commands share. A command's callback sets `exit_code`.
struct Context {
  int exit_code = ok;
  Colour colour = Colour::automatic;
  bool quiet = false;
  int verbosity = 0;
};

void add_check(CLI::App& app, Context& context);
void add_parse(CLI::App& app, Context& context);
void add_format(CLI::App& app, Context& context);
void add_annotate(CLI::App& app, Context& context);
void add_explain(CLI::App& app, Context& context);
void add_rules(CLI::App& app, Context& context);
void add_route(CLI::App& app, Context& context);
void add_generate(CLI::App& app, Context& context);
void add_score(CLI::App& app, Context& context);
void add_simulate(CLI::App& app, Context& context);
void add_send(CLI::App& app, Context& context);
void add_replay(CLI::App& app, Context& context);
void add_receive(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_submit(CLI::App& app, Context& context);
void add_queues(CLI::App& app, Context& context);
void add_collect(CLI::App& app, Context& context);
void add_message(CLI::App& app, Context& context);
void add_journal(CLI::App& app, Context& context);
void add_reroute(CLI::App& app, Context& context);
void add_circuit(CLI::App& app, Context& context);
void add_store(CLI::App& app, Context& context);
void add_token(CLI::App& app, Context& context);

}  // namespace torntape::cli
