#include "router/simulation/search.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "router/simulation/expectations.hpp"
#include "router/simulation/simulation.hpp"
#include "router/simulation/traffic.hpp"

namespace torntape::simulation {

namespace {

using generator::Random;

constexpr std::uint64_t most_faults = 8;
constexpr std::size_t most_runs = 2'000;  // that shrinking takes

Duration up_to(Random& random, Duration least, Duration most) {
  return Duration{
      random.between(static_cast<std::uint64_t>(least.count()), static_cast<std::uint64_t>(most.count()))};
}

// Whatever breaks is whole again before the traffic ends, or soon after.
class Faults {
 public:
  Faults(Scenario const& scenario, std::uint64_t seed)
      : network_(scenario.directory->network()), duration_(scenario.duration), random_(seed, "faults") {}

  Trouble draw() {
    auto const at = up_to(random_, Duration{0}, duration_);
    auto const lasts = up_to(random_, Duration{1}, std::chrono::minutes{10});
    switch (random_.below(network_.circuits.empty() ? 4 : 10)) {
      case 0:
      case 1:
      case 2:
        return RelayCrash{random_.one_of(network_.relays).indicator, at, lasts};
      case 3:
        return StationCutOff{random_.one_of(network_.stations).indicator, at, at + lasts};
      case 4:
        return garbles(at, lasts);
      default:
        return CircuitClosed{random_.one_of(network_.circuits).name, at, at + lasts};
    }
  }

 private:
  Trouble garbles(Duration at, Duration lasts) {
    Garbles garbles{random_.one_of(network_.circuits).name, at, at + lasts};
    garbles.changed_per_million = static_cast<std::uint32_t>(random_.below(500));
    garbles.lost_per_million = static_cast<std::uint32_t>(random_.below(500));
    return garbles;
  }

  directory::Network const& network_;
  Duration duration_;
  Random random_;
};

bool is_traffic(Trouble const& trouble) {
  return std::holds_alternative<Flood>(trouble) || std::holds_alternative<Minimize>(trouble) ||
         std::holds_alternative<WrongIndicator>(trouble);
}

// What is still owed when the time to run out has passed.
std::optional<std::string> owed(Ledger const& ledger) {
  for (auto const* const message : ledger.messages())
    for (auto const& duty : message->duties)
      if (!duty.delivered && !duty.intercepted && !message->garbled)
        return fmt::format("{} is not at {} when all is over (RT-90)", message->identity, duty.station);
  return std::nullopt;
}

// Without a run of parts, ever smaller, as long as it still fails.
template <class Part>
void drop(Scenario& scenario, std::vector<Part> Scenario::* parts,
          std::function<bool(Scenario const&)> const& fails, std::size_t& runs) {
  for (auto length = (scenario.*parts).size(); length > 0; length /= 2)
    for (std::size_t at = 0; at < (scenario.*parts).size() && runs < most_runs;) {
      auto without = scenario;
      auto& left = without.*parts;
      auto const begin = left.begin() + static_cast<std::ptrdiff_t>(at);
      left.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(length, left.size() - at)));
      ++runs;
      if (fails(without))
        scenario = std::move(without);
      else
        at += length;
    }
}

}  // namespace

Scenario spelt_out(Scenario scenario, std::uint64_t seed) {
  auto filings = filings_of(scenario, seed);
  for (auto& filing : filings) {
    filing.text = text_of(filing, scenario, seed);
    filing.made.reset();
  }
  scenario.filings = std::move(filings);
  scenario.traffic.clear();
  std::erase_if(scenario.troubles, is_traffic);
  return scenario;
}

Scenario with_faults(Scenario scenario, std::uint64_t seed) {
  Faults faults(scenario, seed);
  Random random(seed, "settings");
  auto const count = random.between(1, most_faults);
  for (std::uint64_t i = 0; i != count; ++i) scenario.troubles.push_back(faults.draw());
  // A slow disk and a long line: more is under way when something breaks.
  scenario.commit = up_to(random, Duration{1}, Duration{2'000});
  scenario.lines.delay = up_to(random, Duration{0}, Duration{3'000});
  return scenario;
}

std::optional<std::string> failure_of(Scenario const& scenario, std::uint64_t seed, bool expectations) {
  Options options;
  options.thorough = true;
  options.ledger.journeys = false;
  Simulation simulation(scenario, seed, std::move(options));
  simulation.run();
  auto const& ledger = simulation.ledger();
  if (!ledger.violations().empty()) return ledger.violations().front().what;
  if (auto why = owed(ledger)) return why;
  if (!expectations) return std::nullopt;
  auto const found = unmet(scenario, ledger);
  if (found.empty()) return std::nullopt;
  return fmt::format("expected: {}; found: {}", found.front().expected, found.front().found);
}

Scenario shrunk(Scenario scenario, std::function<bool(Scenario const&)> const& fails) {
  std::size_t runs = 0;
  for (auto before = std::pair{std::size_t{0}, std::size_t{0}};
       before != std::pair{scenario.filings.size(), scenario.troubles.size()} && runs < most_runs;) {
    before = {scenario.filings.size(), scenario.troubles.size()};
    drop(scenario, &Scenario::troubles, fails, runs);
    drop(scenario, &Scenario::filings, fails, runs);
  }
  return scenario;
}

std::optional<Failure> search(Scenario const& scenario, Search const& search) {
  for (std::uint64_t i = 0; i != search.seeds; ++i) {
    auto const seed = search.first_seed + i;
    auto const tried = search.faults ? with_faults(scenario, seed) : scenario;
    if (search.progress) search.progress(i);
    if (!failure_of(tried, seed, !search.faults)) continue;
    auto const fails = [&](Scenario const& each) {
      return failure_of(each, seed, !search.faults).has_value();
    };
    auto shortest = shrunk(spelt_out(tried, seed), fails);
    if (search.faults) shortest.expectations.clear();
    auto why = failure_of(shortest, seed, !search.faults).value_or("it fails only with its traffic made up");
    return Failure{seed, std::move(why), std::move(shortest)};
  }
  return std::nullopt;
}

}  // namespace torntape::simulation
