// How many events a second the relays of a simulation handle, all told: with their stations, circuits,
// records and ledger, on one core. An event is one call of Relay::handle: a filing, an arrival, a
// transmission that has left, a question, an acknowledgment, a tick.
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "directory/network_file.hpp"
#include "router/relay/relay.hpp"
#include "router/simulation/figures.hpp"
#include "router/simulation/simulation.hpp"

namespace simulation = torntape::simulation;

namespace {

simulation::Scenario day(std::uint32_t per_day) {
  simulation::Scenario scenario;
  scenario.directory =
      torntape::directory::read_network_file(TORNTAPE_FIXTURES "/networks/demo.toml").directory;
  if (scenario.directory == nullptr) std::abort();
  scenario.duration = std::chrono::hours{24};
  simulation::Traffic traffic;
  for (auto const* const each : torntape::generator::originators(*scenario.directory))
    traffic.from.push_back(each->indicator);
  traffic.per_day = per_day;
  traffic.curve.fill(1);
  traffic.until = scenario.duration;
  scenario.traffic.push_back(std::move(traffic));
  return scenario;
}

// Generation of the traffic, and of what relays say and stations read, is in it.
void a_day(benchmark::State& state) {
  auto const scenario = day(static_cast<std::uint32_t>(state.range(0)));
  std::uint64_t events = 0, copies = 0, messages = 0;
  for (auto unused : state) {
    static_cast<void>(unused);
    simulation::Options options;
    options.ledger.journeys = false;
    options.ledger.most_transmissions = 0;
    simulation::Simulation run(scenario, 1, std::move(options));
    run.run();
    events += run.ledger().events;
    auto const sum = totals(run.ledger());
    copies += sum.delivered;
    messages += sum.messages;
  }
  auto const rate = benchmark::Counter::kIsRate;
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), rate);
  state.counters["messages/s"] = benchmark::Counter(static_cast<double>(messages), rate);
  state.counters["copies/s"] = benchmark::Counter(static_cast<double>(copies), rate);
}

}  // namespace

// The same events, given to the relays again: what the relays alone take, without parsing, records, stations
// or lines. What they ask for is thrown away.
void the_relays_alone(benchmark::State& state) {
  struct Given {
    std::string relay;
    torntape::relay::Event event;
    simulation::Now now;
  };
  auto const scenario = day(static_cast<std::uint32_t>(state.range(0)));
  std::vector<Given> given;
  simulation::Options options;
  options.ledger.journeys = false;
  options.ledger.most_transmissions = 0;
  options.event = [&given](std::string_view relay, torntape::relay::Event const& event, simulation::Now now) {
    given.push_back({std::string(relay), event, now});
  };
  simulation::Simulation(scenario, 1, std::move(options)).run();
  auto const routes = std::make_shared<torntape::network::Routes const>(scenario.directory);
  torntape::relay::Limits limits;
  limits.wait = std::chrono::hours{24 * 366};
  for (auto unused : state) {
    static_cast<void>(unused);
    std::map<std::string, torntape::relay::Relay> relays;
    for (auto const& relay : scenario.directory->network().relays)
      relays.emplace(relay.indicator, torntape::relay::Relay(routes, relay.indicator, limits));
    torntape::relay::Outcome outcome;
    for (auto const& each : given) {
      outcome.clear();
      relays.at(each.relay).handle(each.event, each.now, outcome);
      benchmark::DoNotOptimize(outcome);
    }
  }
  state.counters["events/s"] =
      benchmark::Counter(static_cast<double>(given.size()) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate);
}

BENCHMARK(the_relays_alone)->Arg(50)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(a_day)->Arg(50)->Arg(200)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
