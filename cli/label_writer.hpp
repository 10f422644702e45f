// What `--label FILE` holds: one JSON object a line, docs/traffic.md.
#pragma once

#include <cstdint>
#include <string>

#include "traffic/generator/stream.hpp"

namespace torntape::cli {

// The lines of one message: one for each label, or one that says "none". `number` counts from 1, `offset` is
// that of its first byte in the output, `first_line` its first line there.
[[nodiscard]] std::string label_lines(generator::Made const& made, std::uint64_t number, std::uint64_t offset,
                                      std::uint64_t first_line);

}  // namespace torntape::cli
