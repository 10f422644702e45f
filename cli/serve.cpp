#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include "cli/choice.hpp"
#include "cli/command.hpp"
#include "cli/duration.hpp"
#include "cli/engine_access.hpp"
#include "cli/guard.hpp"
#include "cli/help.hpp"
#include "cli/lessons.hpp"
#include "cli/nearest.hpp"
#include "cli/network.hpp"
#include "cli/output.hpp"
#include "router/feed/feeds.hpp"
#include "router/network/routes.hpp"
#include "router/relay/circuits.hpp"
#include "router/service/limits.hpp"
#include "router/service/service.hpp"
#include "router/store/lmdb.hpp"
#include "router/store/memory.hpp"
#include "router/store/nats.hpp"

namespace torntape::cli {
namespace {

constexpr std::chrono::days longest_retention{36'500};
constexpr std::chrono::days longest_outage{7};

struct Options {
  std::string network;
  std::string relay;
  std::string data = "torntape-data";
  std::string store = "lmdb";  // or "memory", "nats://…"
  unsigned replicas = 0;       // of the log in NATS
  EngineFiles engine;          // how to reach it
  std::string sync;            // or "engine", "outbox"
  std::string protobuf = "127.0.0.1:12701";
  std::string http = "127.0.0.1:12780";  // or "off"
  std::string circuits = "127.0.0.1:12727";
  std::vector<std::string> dialled;  // CIRCUIT=ADDR:PORT
  std::vector<std::string> primed;   // CIRCUIT=NUMBER
  std::string config;                // the file of settings; empty: none
  bool line_speed = false;
  std::string lessons;
  std::string guard;
  bool insecure = false;
  std::optional<service::Admit> admit;
  std::chrono::seconds outage = std::chrono::minutes{5};   // RT-57
  std::size_t backlog = 1'000;                             // likewise
  std::chrono::seconds retention = std::chrono::days{60};  // RT-06
};

int fail(std::string const& why) {
  complain(why);
  return failed;
}

// The relay that this switch is; null with the reason told.
directory::Relay const* find_relay(directory::Network const& network, Options const& options) {
  auto const& relays = network.relays;
  if (options.relay.empty() && relays.size() == 1) return &relays.front();
  std::vector<std::string> indicators;
  for (auto const& relay : relays) indicators.push_back(relay.indicator);
  if (options.relay.empty()) {
    complain(fmt::format("{} has {} relays: --relay says which of them this is: {}", options.network,
                         relays.size(), fmt::join(indicators, ", ")));
    return nullptr;
  }
  auto const found = std::ranges::find(relays, options.relay, &directory::Relay::indicator);
  if (found != relays.end()) return &*found;
  complain("no relay '" + options.relay + "' in " + options.network +
           did_you_mean(nearest(options.relay, indicators)));
  return nullptr;
}

// "AC=127.0.0.1:12727": a circuit of this relay, and what is said of it. None with the reason told.
struct OfCircuit {
  std::string circuit, value;
};
std::optional<OfCircuit> of_circuit(std::string const& text, directory::Network const* network,
                                    std::string_view here) {
  auto const equals = text.find('=');
  OfCircuit of{text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1)};
  if (of.value.empty()) return complain("'" + text + "' is no CIRCUIT=VALUE"), std::nullopt;
  std::vector<std::string> ours;
  if (network != nullptr)
    for (auto const& circuit : network->circuits)
      if (circuit.first == here || circuit.second == here) ours.push_back(circuit.name);
  if (std::ranges::find(ours, of.circuit) != ours.end()) return of;
  complain(network == nullptr ? std::string("an open switch has no circuits: they need --network")
                              : fmt::format("no circuit '{}' ends at {}{}", of.circuit, here,
                                            did_you_mean(nearest(of.circuit, ours))));
  return std::nullopt;
}

std::optional<relay::ChannelNumber> channel_number(std::string const& digits) {
  relay::ChannelNumber number = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, number);
  if (error == std::errc{} && stop == end && number > 0 && number <= relay::channel_cycle) return number;
  return complain("'" + digits + "' is no channel number: expected 0001 to 9999"), std::nullopt;
}

// Null with the reason told. The log of a relay bears its indicator.
std::unique_ptr<store::Store> open_nats(Options const& options, std::string const& here) {
  auto address = engine_address(options.store, options.engine);
  if (!address) return nullptr;
  store::NatsOptions nats;
  nats.address = *std::move(address);
  if (nats.address.log.empty()) nats.address.log = here.empty() ? "SWITCH" : here;
  nats.directory = options.data;
  nats.replicas = options.replicas;
  nats.outbox = options.sync == "outbox";
  auto opened = store::NatsStore::open(std::move(nats));
  if (auto* const store = std::get_if<std::unique_ptr<store::NatsStore>>(&opened)) return std::move(*store);
  complain(std::get<store::Failure>(opened).message);
  return nullptr;
}

// Null with the reason told.
std::unique_ptr<store::Store> open_store(Options const& options, std::string const& here) {
  if (store::is_engine_address(options.store)) return open_nats(options, here);
  if (options.replicas != 0)
    return complain("--store-replicas is for a store on NATS: --store nats://HOST"), nullptr;
  if (!options.sync.empty())
    return complain("--store-sync is for a store on NATS: --store nats://HOST; lmdb is on disk always"),
           nullptr;
  if (any(options.engine))
    return complain(
               "--store-ca, --store-certificate, --store-key and --store-credentials are for a store on "
               "NATS: --store tls://HOST"),
           nullptr;
  if (options.store == "memory") return std::make_unique<store::MemoryStore>();
  auto opened = store::LmdbStore::open(options.data);
  if (auto* const store = std::get_if<std::unique_ptr<store::LmdbStore>>(&opened)) return std::move(*store);
  complain(std::get<store::Failure>(opened).message);
  return nullptr;
}

std::optional<service::Endpoint> endpoint(std::string const& text) {
  auto const found = service::read_endpoint(text);
  if (!found) complain("'" + text + "' is no ADDR:PORT");
  return found;
}

// False with the reason told. What is to be told of it once all has begun goes to `lines`.
bool listen(service::Service& service, Options const& options, bool with_circuits, std::string& lines) {
  auto const say = [&lines](std::string_view what,
                            std::variant<service::Endpoint, service::Failure> const& listening) {
    if (auto const* const failure = std::get_if<service::Failure>(&listening))
      return complain(failure->message), false;
    lines += fmt::format("listening for {} on {}\n", what, to_string(std::get<service::Endpoint>(listening)));
    return true;
  };
  bool const with_http = options.http != "off";
  auto const protobuf = endpoint(options.protobuf), circuits = endpoint(options.circuits);
  auto const http = with_http ? endpoint(options.http) : service::Endpoint{};
  if (!protobuf || !circuits || !http) return false;
  if (!say("Protobuf", service.listen_protobuf(*protobuf))) return false;
  if (with_circuits && !say("circuits", service.listen_circuit(*circuits))) return false;
  return !with_http || say("HTTP", service.listen_http(*http));
}

// False with the reason told.
bool set_guard(service::Service& service, Options const& options) {
  if (options.insecure) service.go_insecure();
  if (options.guard.empty()) return true;
  auto guard = load_guard(options.guard);
  if (guard) service.guard(guard);
  return guard != nullptr;
}

void reread_on_hangup(service::Service& service, Options const& options, Context const& context) {
  if (options.network.empty() && options.guard.empty()) return;
  std::function<std::shared_ptr<directory::Directory const>()> network;
  std::function<std::shared_ptr<service::Guard const>()> guard;
  if (!options.network.empty()) network = [&] { return load_network(options.network, context); };
  if (!options.guard.empty()) guard = [&] { return load_guard(options.guard); };
  service.reread_on_hangup(std::move(network), std::move(guard));
}

// Null with the reason told. `directory` may be null: an open switch.
std::unique_ptr<feed::Feeds> open_feeds(std::string const& path, directory::Directory const* directory) {
  auto file = feed::read_feeds_file(path);
  for (auto const& error : file.errors) complain(error);
  if (!file.errors.empty()) return nullptr;
  if (directory != nullptr)
    for (auto const& doubt : feed::fed_by_nothing(file.feeds, *directory)) complain("feed " + doubt);
  auto opened = feed::Feeds::open(std::move(file.feeds));
  if (auto* const feeds = std::get_if<std::unique_ptr<feed::Feeds>>(&opened)) return std::move(*feeds);
  return complain(std::get<std::string>(opened)), nullptr;
}

// A descriptor for every connection: shells and systemd leave 1,024 unless they are asked for more. None
// where there are enough; else what is to be told.
std::optional<std::string> make_room_for_connections() {
  rlimit files{};
  constexpr rlim_t wanted = service::max_connections + service::other_files;
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted) return std::nullopt;
  files.rlim_cur = std::min(wanted, files.rlim_max);
  if (::setrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur == wanted) return std::nullopt;
  return fmt::format(
      "this process may open {} files: the switch has room for fewer than its {} connections; a hard limit "
      "of "
      "{} gives them all (ulimit -Hn, LimitNOFILE)",
      files.rlim_cur, service::max_connections, wanted);
}

struct Dial {
  std::string circuit;
  service::Endpoint far_end;
};

int run(service::Site site, std::shared_ptr<directory::Directory const> directory,
        std::vector<Dial> const& dials, Options const& options, Context const& context) {
  auto lessons =
      options.lessons.empty() ? std::optional{std::vector<service::Lesson>{}} : load_lessons(options.lessons);
  auto feeds = options.config.empty() ? nullptr : open_feeds(options.config, directory.get());
  if (!lessons || (!options.config.empty() && !feeds)) return failed;
  auto store = open_store(options, site.here);
  if (!store) return failed;
  service::log_to_standard_error(context.quiet);
  if (auto const few = make_room_for_connections(); few && !context.quiet) complain(*few);
  bool const with_circuits = directory != nullptr && directory->network().relays.size() > 1;
  service::Switch house{std::move(site), std::move(store)};
  if (auto const failure = house.start()) return fail(failure->message);
  service::Service service{house, std::move(directory), nullptr, options.line_speed};
  service.teach(std::move(*lessons));
  if (options.admit) service.admit({.filed = *options.admit, .arrived = *options.admit});
  if (!set_guard(service, options)) return failed;
  std::string lines;
  if (!listen(service, options, with_circuits, lines)) return failed;
  for (auto const& [circuit, far_end] : dials)
    if (auto const failure = service.dial(circuit, far_end)) return fail(failure->message);
  if (feeds) {
    service.measure([&feeds] { return feeds->metrics(); });
    feeds->start(house);
  }
  service.stop_on_signals();
  reread_on_hangup(service, options, context);
  fmt::print("{}", lines);
  std::fflush(stdout);
  // What is accepted is on disk; a judgement without end is left behind rather than waited for.
  bool const all_judged = service.run();
  if (feeds) feeds->stop();
  if (!all_judged) std::_Exit(ok);
  return ok;
}

// The first end of a circuit calls the second, where the network file says so and --dial nothing else.
void add_dials_of(directory::Network const& network, std::string_view here, std::vector<Dial>& dials) {
  for (auto const& circuit : network.circuits)
    if (circuit.dial && circuit.first == here &&
        std::ranges::find(dials, circuit.name, &Dial::circuit) == dials.end())
      dials.push_back({circuit.name, *circuit.dial});
}

// False with the reason told.
bool read_circuits(Options const& options, directory::Network const* network, service::Site& site,
                   std::vector<Dial>& dials) {
  for (auto const& text : options.dialled) {
    auto const of = of_circuit(text, network, site.here);
    auto const far_end = of ? endpoint(of->value) : std::nullopt;
    if (!far_end) return false;
    if (std::ranges::find(dials, of->circuit, &Dial::circuit) != dials.end())
      return complain("circuit " + of->circuit + " is dialled twice"), false;
    dials.push_back({of->circuit, *far_end});
  }
  if (network != nullptr) add_dials_of(*network, site.here, dials);
  for (auto const& text : options.primed) {
    auto const of = of_circuit(text, network, site.here);
    auto const number = of ? channel_number(of->value) : std::nullopt;
    if (!number) return false;
    site.primed.emplace_back(of->circuit, *number);
  }
  return true;
}

int serve(Options const& options, Context const& context) {
  if (options.network.empty() && !options.relay.empty())
    return fail("--relay says which relay of a network this is: it needs --network");
  service::Site site{.routes = nullptr, .here = {}};
  std::shared_ptr<directory::Directory const> directory;
  if (!options.network.empty()) {
    directory = load_network(options.network, context);
    auto const* const relay = directory ? find_relay(directory->network(), options) : nullptr;
    if (relay == nullptr) return failed;
    site = {.routes = std::make_shared<network::Routes const>(directory), .here = relay->indicator};
  }
  site.retention = options.retention;
  site.limits.outage = options.outage;
  site.limits.backlog = options.backlog;
  std::vector<Dial> dials;
  if (!read_circuits(options, directory ? &directory->network() : nullptr, site, dials)) return failed;
  return run(std::move(site), directory, dials, options, context);
}

}  // namespace

static CLI::App* add_command(CLI::App& app) {
  return app.add_subcommand(
      "serve",
      "Runs a switch.\n\nTakes messages, refuses those whose heading has errors, and keeps a copy "
      "in the queue of every addressee until it is collected and acknowledged. What was accepted is on disk "
      "before it is answered. Without a network file the switch is open: every addressee named gets a "
      "queue. In a network of several relays what is for others leaves on circuits, by precedence, and comes "
      "in "
      "by them. Listens on loopback; beyond it with a guard file, which has certificates and says who may do "
      "what. Ends on SIGTERM or SIGINT, after what is under way is answered. On SIGHUP it reads its "
      "network file and its guard file anew; "
      "one with errors changes nothing.");
}

static void add_store(CLI::App* command, std::shared_ptr<Options> const& options) {
  command->add_option("--network", options->network, "the network file: stations and collectives")
      ->option_text("FILE");
  command
      ->add_option("--relay", options->relay, "which relay of the network this is; the only one unless given")
      ->option_text("RI");
  command
      ->add_option("--data", options->data,
                   "directory of the store, created where there is none; torntape-data here unless given")
      ->option_text("DIR");
  command
      ->add_option(
          "--store", options->store,
          "where messages are kept: lmdb, in the directory; memory, which forgets them at the end; or "
          "nats://HOST,HOST,HOST[/NAME], in NATS JetStream with a working copy in the directory: another "
          "switch of the same relay then stands by, and takes over; NAME is the relay's unless given; "
          "tls://… "
          "asks for TLS")
      ->option_text("lmdb|memory|nats://…|tls://…")
      ->check([](std::string const& text) {
        bool const known = text == "lmdb" || text == "memory" || store::is_engine_address(text);
        return known ? std::string()
                     : "'" + text + "' is no store: expected lmdb, memory, nats://HOST or tls://HOST";
      });
  command
      ->add_option(
          "--store-replicas", options->replicas,
          "on how many nodes NATS keeps the log: 1, 3 or 5; unless given 3 where three hosts are named, else "
          "1, and what there is stays as it is")
      ->option_text("N")
      ->check(CLI::IsMember({1U, 3U, 5U}));
  command
      ->add_option(
          "--store-sync", options->sync,
          "engine: a message is accepted once NATS has it; outbox: also while NATS is away, on this switch's "
          "disk, and what NATS has acknowledged is kept for five minutes, until its nodes have synced; "
          "engine "
          "unless given")
      ->option_text("engine|outbox")
      ->check(CLI::IsMember({"engine", "outbox"}));
  add_engine_options(*command, options->engine);
}

static void add_ports(CLI::App* command, std::shared_ptr<Options> const& options) {
  command
      ->add_option(
          "--listen-protobuf", options->protobuf,
          "a loopback address, or with --guard any; port 0 is any free one; 127.0.0.1:12701 unless given")
      ->option_text("ADDR:PORT");
  command
      ->add_option("--listen-http", options->http,
                   "likewise, for HTTP with JSON, events and metrics, or off; 127.0.0.1:12780 unless given")
      ->option_text("ADDR:PORT|off");
  command
      ->add_option("--listen-circuit", options->circuits,
                   "where other relays call, in a network of several; likewise; 127.0.0.1:12727 unless given")
      ->option_text("ADDR:PORT");
  command
      ->add_option(
          "--dial", options->dialled,
          "call the far end of this circuit there, again and again, wherever the network file says it "
          "listens; circuits that are not dialled wait to be called")
      ->option_text("CIRCUIT=ADDR:PORT");
  command
      ->add_option(
          "--prime", options->primed,
          "the first message on this circuit goes out under this channel number, the opening of the line "
          "under the one before")
      ->option_text("CIRCUIT=NUMBER");
  command
      ->add_option("--config", options->config,
                   "the settings: queues that feed other systems, a [[feed]] each, with queue, kind, to and "
                   "dead_letter; never searched for")
      ->option_text("FILE");
}

static void add_conduct(CLI::App* command, std::shared_ptr<Options> const& options) {
  add_duration(
      *command, "--retention", longest_retention,
      [options](std::chrono::seconds time) { options->retention = time; },
      "how long a message is kept after all its copies were acknowledged; counted from its acceptance; 60d "
      "unless given");
  add_duration(
      *command, "--outage", longest_outage, [options](std::chrono::seconds time) { options->outage = time; },
      "how long a circuit is down before its traffic goes over the alternate of the network file; 5m unless "
      "given");
  command
      ->add_option(
          "--backlog", options->backlog,
          "how many copies may wait for a circuit before others go over the alternate; 1000 unless given")
      ->option_text("N");
  command
      ->add_option(
          "--guard", options->guard,
          "the guard file: TLS certificates, and which clients and relays may do what; with one, all ports "
          "ask for what it says, on loopback too")
      ->option_text("FILE");
  command->add_flag(
      "--insecure", options->insecure,
      "listen and call beyond loopback without TLS and credentials, where the guard file has none: "
      "whoever gets there may do everything");
  add_choice(
      *command, "--admit", options->admit,
      Choices<service::Admit>{
          {"strict", service::Admit::strict}, {"relay", service::Admit::relay}, {"all", service::Admit::all}},
      "which headings are let in: strict, those without an error; relay, those without one in FL1 to "
      "FL4 and FL16, the lines a relay answers for; all, for tests with bad traffic. What is not let "
      "in is refused where it is filed, and waits in the queue 'intercept' where it came over a circuit; "
      "with "
      "all it waits there too. strict for what is filed, relay for circuits, unless given")
      ->option_text("strict|relay|all");
  command->add_flag("--line-speed", options->line_speed,
                    "send on circuits no faster than the network file's bits per second");
  command
      ->add_option(
          "--lessons", options->lessons,
          "lessons for the teaching desk, beside those built in: files *.md, in order of their names; "
          "a bad one is told, and nothing starts")
      ->option_text("DIR");
}

void add_serve(CLI::App& app, Context& context) {
  auto* const command = add_command(app);
  auto const options = std::make_shared<Options>();
  add_store(command, options);
  add_ports(command, options);
  add_conduct(command, options);
  command->footer(footer(
      {{"torntape serve", "an open switch"},
       {"torntape serve --network one-switch.toml --data /var/lib/torntape", "a network's"},
       {"torntape serve --network demo.toml --relay RTCA --dial AC=127.0.0.1:12727", "one relay of several"},
       {"torntape serve --network one-switch.toml --store nats://a,b,c",
        "one of two that stand in for each other"},
       {"torntape serve --guard guard.toml --listen-http 0.0.0.0:12780", "for other machines too"},
       {"torntape serve --config feeds.toml", "its queues feed other systems"},
       {"torntape serve --store memory --listen-protobuf 127.0.0.1:0 --listen-http off", "for a test"}},
      {{ok, "stopped, and all that was under way is answered"},
       {failed, "could not start: network, guard, settings, store or port"}}));
  command->callback([options, &context] { context.exit_code = serve(*options, context); });
}

}  // namespace torntape::cli
