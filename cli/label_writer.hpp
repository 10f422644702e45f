// What `--label FILE` holds: one JSON object a line (docs/traffic.md).
#pragma once

#include <cstdint>
#include <string>

#include "traffic/generator/stream.hpp"

namespace torntape::cli {

// Where a message stands among all that were written.
struct Position {
  std::uint64_t number = 1, offset = 0, line = 1;
};

// Of the next message, behind this one.
[[nodiscard]] Position behind(Position at, generator::Made const& made);

// The lines of one message: one for each label, or one that says "none".
[[nodiscard]] std::string label_lines(generator::Made const& made, Position const& at);

}  // namespace torntape::cli
