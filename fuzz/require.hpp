// What a fuzzer demands: where it does not hold, the program says so and stops, and libFuzzer keeps the
// input.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace torntape::fuzz {

inline void require(bool holds, char const* what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::abort();
}

}  // namespace torntape::fuzz
