// How many made-up messages a second come into memory, on one core: good ones of each mix, and broken ones.
#include <string>

#include <benchmark/benchmark.h>

#include "traffic/generator/stream.hpp"
#include "validator/sample.hpp"

namespace generator = torntape::generator;

namespace {

void take(benchmark::State& state, generator::Plan plan) {
  generator::Stream stream(torntape::validator::sample_directory(), std::move(plan));
  std::size_t bytes = 0;
  for (auto unused : state) {
    static_cast<void>(unused);
    bytes += stream.next().text.size();
  }
  state.counters["messages/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void good(benchmark::State& state) {
  generator::Plan plan;
  auto const& mix = generator::named_mixes()[static_cast<std::size_t>(state.range(0))];
  plan.mix = mix.mix;
  state.SetLabel(std::string(mix.name));
  take(state, std::move(plan));
}

void broken(benchmark::State& state) {
  generator::Plan plan;
  plan.faults = generator::faults_named({"FL2-01", "FL5-01", "lost-slash"}).faults;
  take(state, std::move(plan));
}

}  // namespace

BENCHMARK(good)->DenseRange(0, 3);
BENCHMARK(broken);
