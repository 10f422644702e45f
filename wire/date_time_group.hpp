// The instant that a date-time group names (ACP 127(G) 113).
#pragma once

#include <chrono>
#include <optional>

#include "grammar/message.hpp"

namespace torntape::wire {

// None where it cannot be told: a part is missing or impossible, the zone is local (J). A year of two
// digits lies in 1950-2049, one of four in 1900-2099. Zone letters other than Z are taken at their hour
// (A one ahead of Z … Y twelve behind).
[[nodiscard]] std::optional<std::chrono::sys_seconds> instant(grammar::Preamble const& preamble);

}  // namespace torntape::wire
