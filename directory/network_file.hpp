// Reads a network file (TOML). See docs/network-file.md for every key.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "directory/network.hpp"
#include "grammar/diagnostic.hpp"

namespace torntape::directory {

struct NetworkFile {
  std::shared_ptr<Directory const> directory;    // null where a diagnostic is an error
  std::vector<grammar::Diagnostic> diagnostics;  // rules NET-01.., in order of place
};

// The most that is read; more is NET-00.
inline constexpr std::size_t largest_network_file = std::size_t{16} << 20U;

// Never throws for what the text holds. Checked: TOML syntax (NET-01), unknown or misplaced keys and wrong
// types (NET-02), missing keys (NET-03), an indicator that is no routing indicator (NET-04), one given twice
// (NET-05), an unknown relay (NET-06), an unknown member (NET-07), a collective of nobody (NET-08), a circuit
// with an unknown end or alternate (NET-09), no relay at all (NET-10), a relay that no circuit reaches
// (NET-11, a warning), a web drop that is no station (NET-12), a station that is its own guard (NET-13).
[[nodiscard]] NetworkFile read_network(std::string_view text);

// NET-00 where the file cannot be read.
[[nodiscard]] NetworkFile read_network_file(std::filesystem::path const& path);

}  // namespace torntape::directory
