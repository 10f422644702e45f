// Reads a scenario (TOML), and writes one. docs/scenarios.md has every key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/diagnostic.hpp"
#include "router/simulation/scenario.hpp"

namespace torntape::simulation {

struct ScenarioFile {
  std::optional<Scenario> scenario;              // none where a diagnostic is an error
  std::vector<grammar::Diagnostic> diagnostics;  // rules SCN-01.., in order of place
  std::string text;                              // what was read
};

// Paths in a scenario count from `folder`. Never throws for what the text holds. Checked: TOML syntax
// (SCN-01), unknown keys, wrong types and values out of range (SCN-02), missing keys (SCN-03), a file that
// cannot be read (SCN-04), a network with errors (SCN-05), a station, relay or circuit that the network lacks
// (SCN-06). `duration` stands in place of the scenario's own.
[[nodiscard]] ScenarioFile read_scenario(std::string text, std::filesystem::path const& folder,
                                         std::optional<Duration> duration = {});

// SCN-00 where the file cannot be read.
[[nodiscard]] ScenarioFile read_scenario_file(std::filesystem::path const& path,
                                              std::optional<Duration> duration = {});

// The same scenario as a file; messages stand in it as text.
[[nodiscard]] std::string to_toml(Scenario const& scenario, std::uint64_t seed);

// "90s", "1h30m", "250ms", "2d"; none where it is no such time.
[[nodiscard]] std::optional<Duration> read_time(std::string_view text);
[[nodiscard]] std::string to_string(Duration time);

// FL1 to FL3 of the first message in a text, joined by "\n".
[[nodiscard]] std::string first_three_lines(std::string const& text);

}  // namespace torntape::simulation
