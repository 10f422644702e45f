// The network file that a command was given.
#pragma once

#include <memory>
#include <string>

#include "cli/command.hpp"
#include "directory/network.hpp"

namespace torntape::cli {

// Null, and the reason on standard error, where the file cannot be read or has an error.
[[nodiscard]] std::shared_ptr<directory::Directory const> load_network(std::string const& path,
                                                                       Context const& context);

}  // namespace torntape::cli
