// Times on a command line: "60", "60s", "5m", "1h", "7d".
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

namespace torntape::cli {

// Whole seconds, at least one; a number alone counts seconds. None where it is no such time.
[[nodiscard]] std::optional<std::chrono::seconds> read_duration(std::string_view text);

// An option TIME of at most `longest`, given to `take`.
CLI::Option* add_duration(CLI::App& command, std::string const& name, std::chrono::seconds longest,
                          std::function<void(std::chrono::seconds)> take, std::string const& description);

}  // namespace torntape::cli
