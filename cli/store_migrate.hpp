// `torntape store migrate`: a store moves between a directory and NATS.
#pragma once

#include <string>

#include "cli/command.hpp"
#include "cli/engine_access.hpp"

namespace torntape::cli {

struct Migration {
  std::string from, to;   // "lmdb:DIR", "nats://HOST/NAME"
  std::string data;       // of the working copy; beside the directory unless given
  unsigned replicas = 0;  // of a log that is made
  EngineFiles engine;
};

// The exit code.
[[nodiscard]] int migrate(Migration const& migration, Context const& context);

}  // namespace torntape::cli
