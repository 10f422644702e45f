#include "router/simulation/digest.hpp"

namespace torntape::simulation {

// Two sums over the same bytes that mix them in different ways.
relay::Digest digest_of(std::string_view text) {
  auto const one = fnv(text);
  std::uint64_t other = text.size();
  for (auto const letter : text)
    other = other * 6364136223846793005U + static_cast<unsigned char>(letter) + 1442695040888963407U;
  relay::Digest digest{};
  for (std::size_t i = 0; i < 8; ++i) {
    digest[i] = static_cast<std::uint8_t>(one >> 8 * i);
    digest[8 + i] = static_cast<std::uint8_t>(other >> 8 * i);
  }
  return digest;
}

}  // namespace torntape::simulation
