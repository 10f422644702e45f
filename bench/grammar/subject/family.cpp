#include "bench/grammar/subject/family.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bench/grammar/subject/state.hpp"

namespace torntape::bench {
namespace {

constexpr std::array table{Family{"state", state::heading, state::hand_written}};

std::string seed_heading() {
  auto const message = seed_message();
  auto const begin = message.find("VZCZC");
  auto const text = message.find("C O N F I D E N T I A L", begin);
  return message.substr(begin, message.find('\n', text) + 1 - begin);
}

}  // namespace

std::string Random::digits(std::size_t count) {
  std::string text;
  for (; count != 0; --count) text += static_cast<char>('0' + below(10));
  return text;
}

std::string Random::letters(std::size_t count) {
  std::string text;
  for (; count != 0; --count) text += static_cast<char>('A' + below(26));
  return text;
}

std::span<Family const> families() { return table; }

std::string seed_message() {
  std::ifstream file(TORNTAPE_FIXTURES "/seed/09ASTANA1399.txt", std::ios::binary);
  if (!file) throw std::runtime_error("cannot read the seed message");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> headings(Family const& family, std::size_t count, std::uint64_t seed) {
  std::vector<std::string> all;
  if (family.name == "state") all.push_back(seed_heading());
  Random random(seed);
  for (; count != 0; --count) all.push_back(family.heading(random));
  return all;
}

std::string damaged(std::string heading, Random& random) {
  for (auto blows = 1 + random.below(3); blows != 0; --blows) {
    auto const at = random.below(heading.size() - 1);
    switch (random.below(4)) {
      case 0:
        heading.erase(at, 1);
        break;
      case 1:
        heading.insert(at, 1, heading[at]);
        break;
      case 2:
        heading[at] = static_cast<char>('A' + random.below(26));
        break;
      default:
        std::swap(heading[at], heading[at + 1]);
    }
  }
  return heading;
}

}  // namespace torntape::bench
