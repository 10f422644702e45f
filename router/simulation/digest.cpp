#include "router/simulation/digest.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace torntape::simulation {

namespace {

__extension__ using Wide = unsigned __int128;

}  // namespace

// Sixteen bytes at a time are folded into two sums by a multiplication that mixes every bit with every other.
relay::Digest digest_of(std::string_view text) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15U, other_odd = 0xbf58476d1ce4e5b9U;
  std::uint64_t one = text.size() ^ odd, other = ~text.size() ^ other_odd;
  relay::Digest digest{};
  auto const fold = [&](char const* bytes) {
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), bytes, sizeof words);
    auto const product = static_cast<Wide>(words[0] ^ one) * (words[1] ^ other_odd);
    one = std::rotl(one, 29) ^ static_cast<std::uint64_t>(product);
    other = (std::rotl(other, 31) + words[1]) * odd ^ static_cast<std::uint64_t>(product >> 64U) ^ words[0];
  };
  std::size_t at = 0;
  for (; at + sizeof digest <= text.size(); at += sizeof digest) fold(text.data() + at);
  std::memcpy(digest.data(), text.data() + at, text.size() - at);
  fold(reinterpret_cast<char const*>(digest.data()));
  std::memcpy(digest.data(), &one, sizeof one);
  std::memcpy(digest.data() + sizeof one, &other, sizeof other);
  return digest;
}

}  // namespace torntape::simulation
