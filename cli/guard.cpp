#include "cli/guard.hpp"

#include "cli/output.hpp"
#include "router/service/guard_file.hpp"

namespace torntape::cli {

std::shared_ptr<service::Guard const> load_guard(std::string const& path) {
  auto file = service::read_guard_file(path);
  for (auto const& error : file.errors) complain(error);
  return std::move(file.guard);
}

}  // namespace torntape::cli
