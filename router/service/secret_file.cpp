#include "router/service/secret_file.hpp"

#include <system_error>

#include <fmt/format.h>

namespace torntape::service {

std::string readable_by_others(std::filesystem::path const& path) {
  using std::filesystem::perms;
  std::error_code error;
  auto const found = std::filesystem::status(path, error);
  if (error || !std::filesystem::is_regular_file(found)) return {};
  if ((found.permissions() & (perms::others_all | perms::group_write)) == perms::none) return {};
  return fmt::format("{}: not only its owner can get at it (mode {:o}): chmod 600 {}", path.string(),
                     static_cast<unsigned>(found.permissions() & perms::mask), path.string());
}

}  // namespace torntape::service
