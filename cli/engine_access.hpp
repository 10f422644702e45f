// How `serve` and `store` reach NATS: the address, and the files by which each side knows the other.
#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "router/store/engine.hpp"

namespace torntape::cli {

struct EngineFiles {
  std::string authorities;       // --store-ca
  std::string certificate, key;  // --store-certificate, --store-key
  std::string credentials;       // --store-credentials
};

void add_engine_options(CLI::App& command, EngineFiles& files);

// Whether one of them is given, which is of no use without an address.
[[nodiscard]] bool any(EngineFiles const& files);

// None with the reason told.
[[nodiscard]] std::optional<store::EngineAddress> engine_address(std::string const& text,
                                                                 EngineFiles const& files);

}  // namespace torntape::cli
