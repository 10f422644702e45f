// The search for trouble: many seeds, things going wrong at random, and what must hold looked at after every
// event. A run that fails is made as short as it can be and still fail.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

struct Failure {
  std::uint64_t seed = 0;
  std::string why;    // "RUEHTA 1399/01 2290141 for RUEHC is lost: …"
  Scenario scenario;  // the shortest found that fails, its traffic as messages
};

struct Search {
  std::uint64_t first_seed = 1, seeds = 1;
  bool faults =
      false;  // circuits, relays and stations fail at random; what the scenario expects is not asked then
  std::function<void(std::uint64_t done)> progress;
};

[[nodiscard]] std::optional<Failure> search(Scenario const& scenario, Search const& search);

// Why a run fails; none where it does not.
[[nodiscard]] std::optional<std::string> failure_of(Scenario const& scenario, std::uint64_t seed,
                                                    bool expectations);

// The same traffic, message by message.
[[nodiscard]] Scenario spelt_out(Scenario scenario, std::uint64_t seed);
[[nodiscard]] Scenario with_faults(Scenario scenario, std::uint64_t seed);

// Drops traffic and troubles while `fails` says so of what is left.
[[nodiscard]] Scenario shrunk(Scenario scenario, std::function<bool(Scenario const&)> const& fails);

}  // namespace torntape::simulation
