// The `state` family: telegrams of the State Department.
#pragma once

#include "bench/grammar/subject/family.hpp"

namespace torntape::bench::state {

[[nodiscard]] std::string heading(Random& random);
[[nodiscard]] bool hand_written(View heading, Message& message);

}  // namespace torntape::bench::state
