// Scenarios for the tests of the simulation.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "directory/network_file.hpp"
#include "router/simulation/simulation.hpp"

namespace torntape::simulation::testing {

inline std::filesystem::path fixtures() { return TORNTAPE_FIXTURES; }

inline std::string contents(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string astana() { return contents(fixtures() / "messages/astana.txt"); }

// FL1 to FL3 of fixtures/seed.
inline std::string seed_lines() {
  auto const seed = contents(fixtures() / "seed/09ASTANA1399.txt");
  auto const begin = seed.find("VZCZC");
  return seed.substr(begin, seed.find('\n', seed.find("\nDE ") + 1) - begin);
}

// The demonstration network, and nothing in it.
inline Scenario demo() {
  Scenario scenario;
  scenario.network_file = "../networks/demo.toml";
  scenario.directory = directory::read_network_file(fixtures() / "networks/demo.toml").directory;
  if (scenario.directory == nullptr) throw std::runtime_error("the network has errors");
  return scenario;
}

// Every mission files so many messages a day, all day alike.
inline Scenario traffic(Duration duration, std::uint32_t per_day) {
  auto scenario = demo();
  scenario.duration = duration;
  Traffic traffic;
  for (auto const* const each : generator::originators(*scenario.directory))
    traffic.from.push_back(each->indicator);
  traffic.per_day = per_day;
  traffic.curve.fill(1);
  traffic.until = duration;
  scenario.traffic.push_back(std::move(traffic));
  return scenario;
}

}  // namespace torntape::simulation::testing
