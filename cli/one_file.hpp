// Two options of a command that name one file to write: the second would replace the first.
#pragma once

#include <string>

namespace torntape::cli {

// `-` is standard output. Empty names are none; what is no file (a device, a pipe) takes both.
[[nodiscard]] bool one_file(std::string const& path, std::string const& other);

}  // namespace torntape::cli
