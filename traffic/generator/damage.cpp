#include "traffic/generator/damage.hpp"

namespace torntape::generator {

std::span<Damage const> damages() { return {}; }

}  // namespace torntape::generator
