#include <memory>
#include <string>

#include <fmt/format.h>

#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"

namespace torntape::cli {
namespace {

struct Options {
  std::string circuit;
  SwitchOptions where;
};

int ask(v1::Request const& request, Options const& options) {
  auto const client = connect_or_complain(options.where);
  if (!client) return failed;
  auto const response = client->call(request);
  if (!response) return complain(client->failure()), failed;
  if (response->has_refusal()) return complain(response->refusal().message()), exit_code(response->refusal());
  return ok;
}

int close(Options const& options) {
  v1::Request request;
  request.mutable_close_circuit()->set_circuit(options.circuit);
  return ask(request, options);
}

int open(Options const& options) {
  v1::Request request;
  request.mutable_open_circuit()->set_circuit(options.circuit);
  return ask(request, options);
}

CLI::App& add_verb(CLI::App& circuit, Options& options, std::string const& name, std::string const& what) {
  auto* const verb = circuit.add_subcommand(name, what);
  verb->add_option("CIRCUIT", options.circuit, "its name in the network file")->required();
  add_switch_options(*verb, options.where);
  return *verb;
}

}  // namespace

void add_circuit(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "circuit",
      "Closes and opens a circuit of a running relay.\n\nNo message leaves on a closed circuit from here: "
      "its "
      "traffic goes over the alternate of the network file where it may, or waits (RT-57). What comes in is "
      "taken. It stays so, a restart included, until it is opened. 'torntape queues' shows it.");
  command->require_subcommand(1);
  auto const options = std::make_shared<Options>();
  auto& closing = add_verb(*command, *options, "close", "No message leaves on it from here any more.");
  closing.callback([options, &context] { context.exit_code = close(*options); });
  auto& opening = add_verb(*command, *options, "open", "Messages leave on it again.");
  opening.callback([options, &context] { context.exit_code = open(*options); });
  command->footer(
      footer({{"torntape circuit close XR", "its traffic goes round it"},
              {"torntape circuit open XR", "and over it again"}},
             {{ok, "done"}, {found, "the relay has no such circuit"}, {failed, "no switch answers"}}));
}

}  // namespace torntape::cli
