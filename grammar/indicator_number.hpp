// Routing indicators as numbers, to be compared at once. Private to the grammar and the rules on routing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <boost/endian/conversion.hpp>

namespace torntape::grammar {

// Of an indicator of four to eight letters: numbers sort as the indicators do. 0 of any other.
[[nodiscard]] inline std::uint64_t indicator_number(std::string_view indicator) {
  constexpr std::size_t half = 4;
  if (indicator.size() < half || indicator.size() > 2 * half) return 0;
  auto const four = [&](std::size_t at) -> std::uint64_t {
    return boost::endian::load_big_u32(reinterpret_cast<unsigned char const*>(indicator.data() + at));
  };
  // The last four overlap the first: what they share is shifted out.
  auto const last = four(indicator.size() - half) << 8 * (2 * half - indicator.size());
  return four(0) << 32 | (last & 0xFFFFFFFF);
}

}  // namespace torntape::grammar
