// `check --fix` and `--diff`: files mended in place, or shown as they would be.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/check_work.hpp"
#include "cli/input.hpp"

namespace torntape::cli {

struct FixOptions {
  bool fix = false;
  bool unsafe = false;  // the likely repairs too
  bool diff = false;    // show only
  [[nodiscard]] bool any() const { return fix || unsafe || diff; }
};

struct FixCounts {
  std::size_t mends = 0;
  std::size_t files = 0;      // changed, or that would be
  std::size_t unsettled = 0;  // messages whose mends undo each other: left as they were
  [[nodiscard]] std::string in_words(FixOptions const& options) const;
};

// A capture of a circuit is mended in tape notation and written as the octets it came from.
// A file is held in memory whole, and replaced only once all of it is mended. The text of standard input goes
// to standard output, and into `inputs` in place of what stood there. False where something could not be read
// or written, the reason on standard error.
[[nodiscard]] bool fix_files(std::vector<Input>& inputs, Plan const& plan, FixOptions const& options,
                             std::size_t jobs, FixCounts& counts);

}  // namespace torntape::cli
