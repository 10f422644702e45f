// What `send` and `replay` tell in the end.
#pragma once

#include <string>

#include <torntape/v1/sending.pb.h>

namespace torntape::cli {

[[nodiscard]] std::string in_text(v1::SendReport const& report);

// 2 where a destination was given up; 1 where a message was refused, failed or is unknown and no expectation
// says how many may be, or an expectation is not met.
[[nodiscard]] int exit_code(v1::SendReport const& report);

}  // namespace torntape::cli
