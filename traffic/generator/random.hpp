// Random numbers that are the same on every machine: what comes out is fixed here, down to the bounded draw,
// which the standard's distributions leave to the library. xoshiro256** (Blackman and Vigna, 2018), its state
// filled by splitmix64.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace torntape::generator {

class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (auto& word : state_) word = splitmix(seed);
  }
  // One seed, many streams that know nothing of each other: a draw more in one changes no other.
  Random(std::uint64_t seed, std::string_view stream) : Random(mixed(seed, stream)) {}

  [[nodiscard]] std::uint64_t next() {
    auto const drawn = std::rotl(state_[1] * 5, 7) * 9;
    auto const shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return drawn;
  }

  // 0 to n - 1, each as likely as the other; 0 where n is 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t n) {
    if (n == 0) return 0;
    auto const uneven = (0 - n) % n;  // so many of the lowest draws would favour the first numbers
    for (;;)
      if (auto const drawn = next(); drawn >= uneven) return drawn % n;
  }
  [[nodiscard]] std::uint64_t between(std::uint64_t least, std::uint64_t most) {
    return least + below(most - least + 1);
  }
  // True `share` times of `whole`.
  [[nodiscard]] bool one_in(std::uint64_t share, std::uint64_t whole) { return below(whole) < share; }
  // Not empty.
  template <class Range>
  [[nodiscard]] auto const& one_of(Range const& range) {
    return range[below(range.size())];
  }
  // An index, as likely as its weight; the first where all are 0.
  template <class Weights>
  [[nodiscard]] std::size_t by_weight(Weights const& weights) {
    std::uint64_t sum = 0;
    for (auto const weight : weights) sum += weight;
    auto drawn = below(sum);
    for (std::size_t i = 0; i != weights.size(); ++i) {
      if (drawn < weights[i]) return i;
      drawn -= weights[i];
    }
    return 0;
  }

 private:
  static std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    auto mixed = state;
    mixed = (mixed ^ mixed >> 30U) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ mixed >> 27U) * 0x94d049bb133111ebU;
    return mixed ^ mixed >> 31U;
  }
  static std::uint64_t mixed(std::uint64_t seed, std::string_view stream) {
    for (auto const letter : stream) {
      seed ^= static_cast<unsigned char>(letter);
      seed = splitmix(seed);
    }
    return seed;
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace torntape::generator
