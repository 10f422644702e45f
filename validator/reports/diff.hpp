// Two texts as a unified diff, as `diff -u` prints it and `patch` takes it.
#pragma once

#include <string>
#include <string_view>

namespace torntape::validator::reports {

// Empty where the texts are the same.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view before,
                                       std::string_view after);

}  // namespace torntape::validator::reports
