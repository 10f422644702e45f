#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/help.hpp"
#include "cli/nearest.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "router/network/routes.hpp"
#include "router/service/service.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/memory.hpp"

namespace torntape::cli {
namespace {

enum class Kind : unsigned char { lmdb, memory };

struct Options {
  std::string network;
  std::string relay;
  std::string data = "torntape-data";
  Kind store = Kind::lmdb;
  std::string protobuf = "127.0.0.1:12701";
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// The one relay that this switch is; null with the reason told.
directory::Relay const* find_relay(directory::Network const& network, Options const& options) {
  auto const& relays = network.relays;
  if (relays.size() > 1) {
    complain(
        fmt::format("{} has {} relays; circuits between relays are not open in this version: give a "
                    "network file in which one relay serves every station, or none for an open switch",
                    options.network, relays.size()));
    return nullptr;
  }
  auto const& relay = relays.front();
  if (options.relay.empty() || options.relay == relay.indicator) return &relay;
  complain("no relay '" + options.relay + "' in " + options.network +
           did_you_mean(nearest(options.relay, {relay.indicator})));
  return nullptr;
}

// Null with the reason told.
std::unique_ptr<store::Store> open_store(Options const& options) {
  if (options.store == Kind::memory) return std::make_unique<store::MemoryStore>();
  auto opened = store::LmdbStore::open(options.data);
  if (auto* const store = std::get_if<std::unique_ptr<store::LmdbStore>>(&opened)) return std::move(*store);
  complain(std::get<store::Failure>(opened).message);
  return nullptr;
}

int run(service::Site site, std::shared_ptr<directory::Directory const> directory, Options const& options,
        Context const& context) {
  auto const endpoint = service::read_endpoint(options.protobuf);
  if (!endpoint) return fail("'" + options.protobuf + "' is no ADDR:PORT");
  auto store = open_store(options);
  if (!store) return failed;
  service::log_to_standard_error(context.quiet);
  service::Switch house{std::move(site), std::move(store)};
  if (auto const failure = house.start()) return fail(failure->message);
  service::Service service{house, std::move(directory)};
  auto const listening = service.listen_protobuf(*endpoint);
  if (auto const* const failure = std::get_if<service::Failure>(&listening)) return fail(failure->message);
  service.stop_on_signals();
  fmt::print("listening for Protobuf on {}\n", to_string(std::get<service::Endpoint>(listening)));
  std::fflush(stdout);
  // What is accepted is on disk; a judgement without end is left behind rather than waited for.
  if (!service.run()) std::_Exit(ok);
  return ok;
}

int serve(Options const& options, Context const& context) {
  if (options.network.empty() && !options.relay.empty())
    return fail("--relay says which relay of a network this is: it needs --network");
  if (options.network.empty())
    return run({.routes = nullptr, .here = options.relay}, nullptr, options, context);
  auto directory = load_network(options.network, context);
  if (!directory) return failed;
  auto const* const relay = find_relay(directory->network(), options);
  if (relay == nullptr) return failed;
  auto routes = std::make_shared<network::Routes const>(directory);
  return run({.routes = std::move(routes), .here = relay->indicator}, directory, options, context);
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand(
      "serve",
      "Runs a switch.\n\nTakes messages, refuses those whose heading has errors, and keeps a copy "
      "in the queue of every addressee until it is collected and acknowledged. What was accepted is on disk "
      "before it is answered. Without a network file the switch is open: every addressee named gets a "
      "queue. Ends on SIGTERM or SIGINT, after what is under way is answered.");
  auto const options = std::make_shared<Options>();
  command->add_option("--network", options->network, "the network file: stations and collectives")
      ->option_text("FILE");
  command
      ->add_option("--relay", options->relay, "which relay of the network this is; the only one unless given")
      ->option_text("RI");
  command
      ->add_option("--data", options->data,
                   "directory of the store, created where there is none; torntape-data here unless given")
      ->option_text("DIR");
  add_choice(*command, "--store", options->store,
             Choices<Kind>{{"lmdb", Kind::lmdb}, {"memory", Kind::memory}},
             "where messages are kept; memory forgets them at the end")
      ->option_text("STORE");
  command
      ->add_option("--listen-protobuf", options->protobuf,
                   "a loopback address; port 0 is any free one; 127.0.0.1:12701 unless given")
      ->option_text("ADDR:PORT");
  command->footer(
      footer({{"torntape serve", "an open switch"},
              {"torntape serve --network one-switch.toml --data /var/lib/torntape", "a network's"},
              {"torntape serve --store memory --listen-protobuf 127.0.0.1:0", "for a test"}},
             {{ok, "stopped, and all that was under way is answered"},
              {failed, "could not start: the network, the store or the port"}}));
  command->callback([options, &context] { context.exit_code = serve(*options, context); });
}

}  // namespace torntape::cli
