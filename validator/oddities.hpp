// What the parser noted, as a rule asks for it.
#pragma once

#include "validator/rule.hpp"

namespace torntape::validator {

// Every place where the parser noted this feature, in order.
template <class Visit>
void each(Message const& message, Feature feature, Visit visit) {
  for (auto const& oddity : message.oddities)
    if (oddity.feature == feature) visit(oddity.where);
}

// The first such place, or an absent view.
[[nodiscard]] inline View first(Message const& message, Feature feature) {
  for (auto const& oddity : message.oddities)
    if (oddity.feature == feature) return oddity.where;
  return {};
}

}  // namespace torntape::validator
