// What is asked of a run: "p99<50ms", "refused=0", "rate>=900".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "traffic/send/tally.hpp"

namespace torntape::send {

struct Expectation {
  std::string text;      // as written
  std::string quantity;  // "p99"
  std::string relation;  // "<", "<=", "=", ">=", ">"
  double value = 0;      // seconds, messages, messages a second
};

struct Met {
  bool met = false;
  std::string found;  // "61.2ms"
};

// Several, with commas between them; or what is wrong, in words.
[[nodiscard]] std::variant<std::vector<Expectation>, std::string> read_expectations(std::string_view text);

[[nodiscard]] Met meets(Tally const& tally, Expectation const& expectation);

}  // namespace torntape::send
