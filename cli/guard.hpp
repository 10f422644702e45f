// The guard file, as `serve` reads it.
#pragma once

#include <memory>
#include <string>

#include "router/service/guard.hpp"

namespace torntape::cli {

// Null with the reason told.
[[nodiscard]] std::shared_ptr<service::Guard const> load_guard(std::string const& path);

}  // namespace torntape::cli
