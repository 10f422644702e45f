// In place of what web/embed.mjs writes, where the desk is not built: see web/desk.cmake.
#include "router/service/desk.hpp"

namespace torntape::service {

std::span<DeskFile const> desk_files() { return {}; }

}  // namespace torntape::service
