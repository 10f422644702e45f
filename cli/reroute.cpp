#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/client.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/output.hpp"
#include "cli/value.hpp"

namespace torntape::cli {
namespace {

struct Options {
  std::vector<std::string> copies;
  std::string to;
  SwitchOptions where;
};

int reroute(Options const& options) {
  auto const client = connect_or_complain(options.where);
  if (!client) return failed;
  v1::Request request;
  auto& asked = *request.mutable_reroute();
  for (auto const& copy : options.copies) asked.add_copy_ids(copy);
  asked.set_routing_indicator(options.to);
  auto const response = client->call(request);
  if (!response) return complain(client->failure()), failed;
  if (response->has_refusal()) return complain(response->refusal().message()), exit_code(response->refusal());
  return ok;
}

}  // namespace

void add_reroute(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "reroute",
      "Sends intercepted copies on.\n\nWhat a running relay could not send on waits in its queue intercept "
      "(RT-91). Without --to the copies are routed again as they are called, which helps once the network "
      "file knows more; with --to they go to the right indicator, over circuits under a misroute pilot "
      "(RT-40). "
      "All "
      "go, or none. Dead letters of a feed go back into the queue they were in, or with --to to somebody "
      "else.");
  auto const options = std::make_shared<Options>();
  command->add_option("COPY", options->copies, "ids of copies, as collect shows them: 42-0")->required();
  command->add_option("--to", options->to, "the right routing indicator")
      ->option_text("RI")
      ->check(not_empty());
  add_switch_options(*command, options->where);
  command->footer(footer({{"torntape collect intercept --peek --max 100", "what waits, and why"},
                          {"torntape reroute 42-0", "the network file knows its indicator now"},
                          {"torntape reroute 42-0 --to RUEHBI", "it was misrouted"}},
                         {{ok, "they are on their way"},
                          {found, "refused: no such intercepted copy or dead letter, or it may not go there"},
                          {failed, "no switch answers"}}));
  command->callback([options, &context] { context.exit_code = reroute(*options); });
}

}  // namespace torntape::cli
