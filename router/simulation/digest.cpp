#include "router/simulation/digest.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace torntape::simulation {

// Two sums over the same words that mix them in different ways.
relay::Digest digest_of(std::string_view text) {
  std::uint64_t one = text.size(), other = ~one;
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(sizeof word, text.size() - at));
    one = std::rotl(one ^ word, 29) * 0x9e3779b97f4a7c15U;
    other = (other + word) * 6364136223846793005U + 1442695040888963407U;
    other ^= other >> 32U;
  }
  relay::Digest digest{};
  std::memcpy(digest.data(), &one, sizeof one);
  std::memcpy(digest.data() + sizeof one, &other, sizeof other);
  return digest;
}

}  // namespace torntape::simulation
