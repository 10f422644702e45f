// Inspections as `torntape parse` writes them, read back.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <torntape/v1/inspection.pb.h>

#include "cli/input.hpp"

namespace torntape::cli {

enum class InspectionFormat : unsigned char { jsonl, binpb };

// Calls `take` for each, until it is false. What went wrong, in words, with the place.
[[nodiscard]] std::optional<std::string> read_inspections(
    Input const& input, InspectionFormat format, std::function<bool(v1::Inspection const&)> const& take);

}  // namespace torntape::cli
