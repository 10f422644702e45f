// Values of the command line, held to what they may be. CLI11's own ranges count in floating point: they let
// 'nan' through, and tell of bounds with three hundred digits.
#pragma once

#include <cstdint>
#include <limits>

#include <CLI/CLI.hpp>

namespace torntape::cli {

// "'-1' is no whole number from 0 on".
[[nodiscard]] CLI::Validator whole_number(std::uint64_t from,
                                          std::uint64_t to = std::numeric_limits<std::uint64_t>::max());
// "an empty value says nothing; leave the option out".
[[nodiscard]] CLI::Validator not_empty();
// "'nan' is no number from 0 to 1".
[[nodiscard]] CLI::Validator number_between(double from, double to);

}  // namespace torntape::cli
