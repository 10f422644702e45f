#include "router/simulation/simulation.hpp"

#include <algorithm>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "router/simulation/traffic.hpp"
#include "router/simulation/world.hpp"

namespace torntape::simulation {

namespace {

constexpr std::size_t samples = 96;  // of a load, over the time of the scenario
constexpr Duration retention{std::chrono::hours{24}}, prune_every{std::chrono::hours{1}};
constexpr std::size_t most_pruned = 1'000'000;  // at once
constexpr Duration settling{10};                // after the last delivery, for what is said of it

// The network as a scenario has it: with other speeds.
std::shared_ptr<directory::Directory const> with_speeds(Scenario const& scenario) {
  auto network = scenario.directory->network();
  for (auto const& settings : scenario.circuits) {
    auto const circuit = std::ranges::find(network.circuits, settings.circuit, &directory::Circuit::name);
    if (circuit != network.circuits.end() && settings.millibits_per_second)
      circuit->bits_per_second =
          std::max<std::uint32_t>(1, static_cast<std::uint32_t>(*settings.millibits_per_second / 1'000));
  }
  return std::make_shared<directory::Directory const>(std::move(network));
}

// The routes of a relay whose tables are wrong; null where they are right.
std::shared_ptr<network::Routes const> wrong_routes(Scenario const& scenario,
                                                    directory::Directory const& directory,
                                                    std::string_view relay) {
  auto network = directory.network();
  bool wrong = false;
  for (auto const& trouble : scenario.troubles) {
    auto const* const table = std::get_if<WrongTable>(&trouble);
    if (table == nullptr || table->relay != relay) continue;
    std::ranges::find(network.stations, table->station, &directory::Station::indicator)->relay =
        table->served_by;
    wrong = true;
  }
  if (!wrong) return nullptr;
  return std::make_shared<network::Routes const>(
      std::make_shared<directory::Directory const>(std::move(network)));
}

void refine(Quality& quality, CircuitSettings const& settings) {
  quality.millibits_per_second = settings.millibits_per_second.value_or(quality.millibits_per_second);
  quality.delay = settings.delay.value_or(quality.delay);
  quality.changed_per_million = settings.changed_per_million.value_or(quality.changed_per_million);
  quality.lost_per_million = settings.lost_per_million.value_or(quality.lost_per_million);
}

std::size_t waiting(relay::Relay const& relay, std::string_view circuit) {
  auto const depth = relay.queue(relay::circuit_queue(circuit));
  std::size_t sum = 0;
  if (depth)
    for (auto const& lane : depth->lanes) sum += lane.waiting;
  return sum;
}

}  // namespace

Simulation::World::World(Scenario const& scenario, std::uint64_t seed, Options options)
    : scenario_(scenario),
      seed_(seed),
      options_(std::move(options)),
      clock_(scenario.begin),
      line_noise_(seed, "line noise"),
      directory_(with_speeds(scenario)),
      routes_(std::make_shared<network::Routes const>(directory_)),
      checker_({}, directory_),
      ledger_(*directory_, options_.ledger),
      filings_(scenario, seed) {
  ledger_.begin = scenario.begin;
  ledger_.sample = std::max<Duration>(scenario.duration / samples, Duration{1});
  build_sites();
  build_lines();
  build_posts();
}

void Simulation::World::build_sites() {
  for (auto const& relay : directory_->network().relays) {
    auto& site = sites_[relay.indicator];
    site.name = relay.indicator;
    site.routes = wrong_routes(scenario_, *directory_, relay.indicator);
    if (site.routes == nullptr) site.routes = routes_;
    start(site);
  }
}

void Simulation::World::build_lines() {
  for (auto const& circuit : directory_->network().circuits) {
    auto& line = lines_[circuit.name];
    line.circuit = &circuit;
    auto& first = sites_.find(circuit.first)->second;
    auto& second = sites_.find(circuit.second)->second;
    auto quality = scenario_.lines;
    if (quality.millibits_per_second == 0)
      quality.millibits_per_second = std::uint64_t{circuit.bits_per_second} * 1'000;
    for (auto const& settings : scenario_.circuits) {
      if (settings.circuit != circuit.name) continue;
      refine(quality, settings);
      if (settings.prime) first.relay->prime(circuit.name, *settings.prime);
    }
    auto const set = [&](Direction& direction, Site& from, Site& to, std::string const& channel) {
      direction.from = &from;
      direction.to = &to;
      direction.channel = channel;
      direction.quality = quality;
      direction.load = &ledger_.load(channel);
      *direction.load = {circuit.name, channel, from.name, to.name};
    };
    set(line.out, first, second, circuit.out_channel);
    set(line.in, second, first, circuit.in_channel);
  }
}

void Simulation::World::build_posts() {
  for (auto const& station : directory_->network().stations) {
    auto& post = *posts_.emplace_back(std::make_unique<Post>());
    post.station = &station;
    post.site = &sites_.find(station.relay)->second;
    post.reader = posts_.size();
    post.site->posts.push_back(&post);
    posts_by_name_.emplace(station.indicator, &post);
  }
}

// The next one is set when its forerunner is filed: a year of traffic does not lie in the heap.
void Simulation::World::set_filings() {
  auto const* const next = filings_.next();
  if (next == nullptr) return;
  clock_.at(time(next->at), [this] {
    auto const filing = filings_.take();
    write(post(filing.station), text_of(filing, scenario_, seed_));
    set_filings();
  });
}

void Simulation::World::run() {
  for (auto& [name, line] : lines_) connect(line);
  for (auto const& post : posts_) {
    if (post->station->day_only) keep_hours(*post);
    ask(*post);
  }
  set_troubles();
  set_filings();
  sample();
  clock_.after(prune_every, [this] { prune(); });
  auto const latest = time(scenario_.duration) + scenario_.run_out;
  while (!over() && clock_.next() && *clock_.next() <= latest) {
    clock_.step();
    if (options_.thorough && !ledger_.violations().empty()) break;
  }
  for (auto const quiet = clock_.now() + settling; clock_.next() && *clock_.next() <= quiet;) clock_.step();
  ledger_.end = clock_.now();
}

bool Simulation::World::over() const {
  return clock_.now() >= time(scenario_.duration) && filings_.next() == nullptr && writing_ == 0 &&
         ledger_.outstanding() == 0;
}

// What waits for each circuit, and how much of the time since the last look it was busy.
void Simulation::World::sample() {
  for (auto& [name, line] : lines_)
    for (auto* const direction : {&line.out, &line.in}) {
      auto& load = *direction->load;
      auto const depth = direction->from->relay ? waiting(*direction->from->relay, name) : 0;
      load.deepest = std::max(load.deepest, depth);
      load.depth.push_back(static_cast<std::uint32_t>(depth));
      load.busy_at.push_back(load.busy);
    }
  if (clock_.now() < time(scenario_.duration)) clock_.after(ledger_.sample, [this] { sample(); });
}

void Simulation::World::trace(std::string_view place, std::string_view what) {
  if (!options_.trace) return;
  auto const seconds = std::chrono::floor<std::chrono::seconds>(clock_.now());
  options_.trace(fmt::format("{:%FT%T}.{:03} {} {}", seconds, (clock_.now() - seconds).count(), place, what));
}

bool Simulation::World::is_told(std::optional<MessageIndex> message) const {
  return message && (options_.trace || ledger_.keeps_journey(*message));
}

void Simulation::World::tell(MessageIndex message, std::string_view place, std::string what,
                             std::string heading) {
  if (options_.trace) {
    auto const* const known = ledger_.message(message);
    trace(place, fmt::format("{}: {}", known == nullptr ? "delivered long ago" : known->identity, what));
  }
  if (ledger_.keeps_journey(message))
    ledger_.step(message, {clock_.now(), std::string(place), std::move(what), std::move(heading)});
}

// What is settled is forgotten after a while, as by a switch (RT-06).
void Simulation::World::prune() {
  for (auto& [name, site] : sites_) {
    if (!site.relay) continue;
    auto settled = site.store.settled_before(clock_.now() - retention, 0, most_pruned);
    if (!settled.messages.empty()) handle(site, relay::Expired{std::move(settled.messages)});
  }
  if (clock_.now() < time(scenario_.duration)) clock_.after(prune_every, [this] { prune(); });
}

Holds Simulation::World::holds() const {
  Holds holds;
  holds.messages = ledger_.messages().size();
  holds.filings = filings_.drawn();
  for (auto const& [name, site] : sites_) {
    holds.texts += site.held.size();
    holds.records += site.store.messages();
  }
  return holds;
}

Simulation::Simulation(Scenario const& scenario, std::uint64_t seed, Options options)
    : world_(std::make_unique<World>(scenario, seed, std::move(options))) {}
Simulation::~Simulation() = default;

void Simulation::run() { world_->run(); }

Ledger const& Simulation::ledger() const { return world_->ledger(); }

Holds Simulation::holds() const { return world_->holds(); }

}  // namespace torntape::simulation
