// Files that are nobody else's business: keys, tokens, the guard file.
#pragma once

#include <filesystem>
#include <string>

namespace torntape::service {

// Why a secret file is not to be used: everybody may read it, or its group write it. Empty where it is as it
// should be, or not there.
[[nodiscard]] std::string readable_by_others(std::filesystem::path const& path);

}  // namespace torntape::service
