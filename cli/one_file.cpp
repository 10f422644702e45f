#include "cli/one_file.hpp"

#include <filesystem>
#include <system_error>

namespace torntape::cli {

bool one_file(std::string const& path, std::string const& other) {
  namespace fs = std::filesystem;
  if (path.empty() || other.empty()) return false;
  std::error_code error;
  auto const status = fs::status(path, error);
  if (path != "-" && fs::exists(status) && !fs::is_regular_file(status)) return false;
  // Of what is not there yet a relative path stays one: "x" and "./x" must not differ.
  auto const whole = [&error](std::string const& name) {
    return fs::weakly_canonical(fs::absolute(name, error), error);
  };
  return whole(path) == whole(other);
}

}  // namespace torntape::cli
