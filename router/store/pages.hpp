// Looks over the pages of an LMDB file before LMDB maps it.
//
// LMDB trusts its pages: one whose counts or pointers are damaged makes it read beyond the end of the file,
// which ends the process (SIGBUS). Here every page that can be reached is checked in its form: that it lies
// in the file, is of the kind expected, and that its entries lie in it. What the entries say is not checked
// here: the records carry checksums.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace torntape::store {

// What is wrong, in words; none where LMDB can read every page in use.
[[nodiscard]] std::optional<std::string> damage_in_pages(std::filesystem::path const& file);

}  // namespace torntape::store
