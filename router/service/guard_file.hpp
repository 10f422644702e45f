// The guard file (TOML): certificates, clients, circuits. docs/guard.md tells its keys.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "router/service/guard.hpp"

namespace torntape::service {

struct GuardFile {
  std::shared_ptr<Guard const> guard;  // null where there are errors
  std::vector<std::string> errors;     // "guard.toml:3:1: unknown key 'tokn' in [[client]]"
};

// A file that everybody may read is refused.
[[nodiscard]] GuardFile read_guard_file(std::filesystem::path const& path);
// `path` is where its own paths count from, and what errors call it.
[[nodiscard]] GuardFile read_guard(std::string_view text, std::filesystem::path const& path);

}  // namespace torntape::service
