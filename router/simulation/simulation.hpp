// A network in motion: the relays of `serve` on a virtual clock, many of them, from one seed. One thread, no
// wall clock: the same scenario and seed give the same run, to the last byte of its trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "router/simulation/ledger.hpp"
#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

struct Options {
  Ledger::Options ledger;
  bool thorough = false;  // looks at the order of every queue when it sends; stops at what must not be
  // Every event that a relay is given.
  std::function<void(std::string_view relay, relay::Event const& event, Now now)> event;
  std::function<void(std::string_view line)> trace;  // one line of what happens, without its end
};

// What a simulation has in memory at a time.
struct Holds {
  std::size_t messages = 0;  // in the ledger
  std::size_t texts = 0;     // at relays
  std::size_t records = 0;   // of messages, in the stores of relays
  std::size_t filings = 0;   // drawn, and not yet made
};

class Simulation {
 public:
  // The scenario must outlive it.
  Simulation(Scenario const& scenario, std::uint64_t seed, Options options = {});
  ~Simulation();
  Simulation(Simulation const&) = delete;
  Simulation& operator=(Simulation const&) = delete;

  // Until the scenario is over and all is delivered, or the time to run out has passed.
  void run();
  [[nodiscard]] Ledger const& ledger() const;
  [[nodiscard]] Holds holds() const;

 private:
  class World;
  std::unique_ptr<World> world_;
};

}  // namespace torntape::simulation
