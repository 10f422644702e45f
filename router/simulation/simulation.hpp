// A network in motion: the relays of `serve` on a virtual clock, many of them, from one seed. One thread, no
// wall clock: the same scenario and seed give the same run, to the last byte of its trace.
#pragma once

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

 private:
  class World;
  std::unique_ptr<World> world_;
};

}  // namespace torntape::simulation
