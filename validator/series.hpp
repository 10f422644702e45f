// Telegrams of travelling parties, which are numbered apart from those of the post that files them.
#pragma once

#include "validator/rule.hpp"

namespace torntape::validator {

// The reference line names such a series: "SECTO 15004", "PARTO 12", "TOSEC 070001".
[[nodiscard]] inline bool is_of_a_party(View station) {
  for (View const series : {"PARTO", "SECTO", "TOSEC"})
    if (station.find(series) != View::npos) return true;
  return false;
}

}  // namespace torntape::validator
