#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/check_report.hpp"
#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/dry_run.hpp"
#include "cli/help.hpp"
#include "cli/input.hpp"
#include "cli/nearest.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "cli/route_report.hpp"
#include "cli/terminal.hpp"
#include "grammar/parser.hpp"
#include "validator/checker.hpp"
#include "wire/json.hpp"

namespace torntape::cli {
namespace {

enum class Format : unsigned char { text, json };

struct Options {
  std::string file;
  std::string network;
  std::string relay;
  std::vector<std::string> out;  // circuits
  Format format = Format::text;
};

class Route {
 public:
  Route(Options const& options, Context const& context, std::shared_ptr<directory::Directory const> directory)
      : options_(options),
        context_(context),
        directory_(*directory),
        routes_(directory),
        checker_(validator::Options{}, std::move(directory)),
        paint_(use_colour(context.colour, stdout)) {}

  int run() {
    if (!options_.relay.empty() && directory_.relay(options_.relay) == nullptr) return unknown_relay();
    for (auto const& circuit : options_.out)
      if (!known_circuit(circuit)) return failed;
    auto const failure = read_messages({options_.file, options_.file}, [&](grammar::Frame const& frame) {
      return route(parser_.parse(frame.bytes, settings_for(frame, {}), frame.position));
    });
    if (failure) fail(*failure);
    if (auto const unwritten = output_.close()) fail(*unwritten);
    return exit_code_;
  }

 private:
  void fail(std::string const& why) {
    if (!why.empty()) complain(why);
    exit_code_ = failed;
  }

  int unknown_relay() const {
    std::vector<std::string> relays;
    for (auto const& relay : directory_.network().relays) relays.push_back(relay.indicator);
    complain("no relay '" + options_.relay + "' in " + options_.network +
             did_you_mean(nearest(options_.relay, relays)));
    return failed;
  }

  // False with the reason told.
  [[nodiscard]] bool known_circuit(std::string const& name) const {
    std::vector<std::string> circuits;
    for (auto const& circuit : directory_.network().circuits) circuits.push_back(circuit.name);
    if (std::ranges::find(circuits, name) != circuits.end()) return true;
    complain("no circuit '" + name + "' in " + options_.network + did_you_mean(nearest(name, circuits)));
    return false;
  }

  // Where the message is filed: as told, else where the station of FL3 is served, else the only relay.
  [[nodiscard]] std::optional<std::string> first_relay(grammar::Message const& message) const {
    if (!options_.relay.empty()) return options_.relay;
    auto const station = message.origin.routing_indicator;
    if (auto const* const relay = directory_.serving_relay(station)) return relay->indicator;
    auto const& relays = directory_.network().relays;
    if (relays.size() == 1) return relays.front().indicator;
    return {};
  }

  bool route(grammar::Message const& message) {
    auto const here = first_relay(message);
    if (!here) {
      auto const station = std::string{message.origin.routing_indicator};
      fail(station.empty()
               ? options_.file + ": no station of origin in FL3; name the first relay with --relay"
               : options_.file + ": no relay serves " + station + "; name the first relay with --relay");
      return true;
    }
    tell_of_errors(message);
    auto const hops = dry_run(message, routes_, *here, options_.out);
    auto const sum = totals(hops);
    if (sum.intercepted != 0 || sum.action + sum.info == 0) exit_code_ = std::max(exit_code_, found);
    return output_.write(options_.format == Format::text
                             ? in_text(hops, message, directory_, paint_)
                             : wire::to_json(to_proto(hops, message, directory_, options_.file)) + '\n');
  }

  void tell_of_errors(grammar::Message const& message) {
    auto const& diagnostics = checker_.check(message);
    auto const errors =
        std::count_if(diagnostics.begin(), diagnostics.end(), [](grammar::Diagnostic const& diagnostic) {
          return diagnostic.severity == grammar::Severity::error;
        });
    if (errors != 0 && !context_.quiet)
      complain(options_.file + ": " + counted(static_cast<std::size_t>(errors), "error") +
               ", for which a switch would refuse the message; see 'torntape check'");
  }

  Options const& options_;
  Context const& context_;
  directory::Directory const& directory_;
  network::Routes routes_;
  validator::Checker checker_;
  Style paint_;
  grammar::Parser parser_;
  Output output_;
  int exit_code_ = ok;
};

int route(Options const& options, Context const& context) {
  auto directory = load_network(options.network, context);
  return directory ? Route{options, context, std::move(directory)}.run() : failed;
}

}  // namespace

void add_route(CLI::App& app, Context& context) {
  auto* const command = app.add_subcommand("route",
                                           "Follows a message through a network, without sending it.\n\n"
                                           "Shows what each relay would do: the copies for its own stations "
                                           "and why they get one, the transmissions over "
                                           "each circuit with their first three format lines (the channel "
                                           "number as nnnn), and what it would intercept.");
  auto const options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "file with the message, - for standard input")->required();
  command->add_option("--network", options->network, "the network file")->required()->option_text("FILE");
  command
      ->add_option("--relay", options->relay,
                   "the relay where the message is filed; that of the station in FL3 unless given")
      ->option_text("RI");
  command
      ->add_option(
          "--out", options->out,
          "as if this circuit were out: its traffic goes round it, over the alternate of the network "
          "file (RT-57)")
      ->option_text("CIRCUIT");
  add_choice(*command, "--format", options->format,
             Choices<Format>{{"text", Format::text}, {"json", Format::json}},
             "for people, or a RouteReport (torntape.v1) a line")
      ->option_text("FORMAT");
  command->footer(
      footer({{"torntape route message.txt --network demo.toml", "every hop"},
              {"torntape route message.txt --network demo.toml --relay RTAA", "filed at another relay"},
              {"torntape route message.txt --network demo.toml --out XR", "with circuit XR out"}},
             {{ok, "every indicator has a way"},
              {found, "an indicator would be intercepted, or nobody would get a copy"},
              {failed, "could not read the message or the network"}}));
  command->callback([options, &context] { context.exit_code = route(*options, context); });
}

}  // namespace torntape::cli
