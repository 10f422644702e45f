// How many events a second the relays of a simulation handle, all told: with their stations, circuits,
// records and ledger, on one core. An event is one call of Relay::handle: a filing, an arrival, a
// transmission that has left, a question, an acknowledgment, a tick.
#include <cstdlib>
#include <iostream>

#include <benchmark/benchmark.h>

#include "directory/network_file.hpp"
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
    options.ledger = {false, 0};
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

BENCHMARK(a_day)->Arg(50)->Arg(200)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
