// FL5 whose groups ran together, fell apart or changed places, and whose figures became letters. Private to
// grammar/.
//
//   P170141Z AUG 09    P 170141ZAUG 09    P 17 0141Z AUG 09    P 170141 Z AUG 09    P 170141 AUG 09
//   P 17O141Z AUG 09   170141Z P AUG 09   P 170141Z AUG09
#pragma once

#include <optional>

#include "grammar/message.hpp"

namespace torntape::grammar::fl05 {

struct DamagedPreamble {
  Preamble parts;  // as far as the fault reaches; month and year only where they are part of it
  View first;      // from the day to the zone, or to the time where the zone is lost
  View fault;      // from the first to the last thing that is wrong; empty where a blank or the zone is lost
  View rest;       // what follows the parts
};

// None where the line is no preamble, and where its groups stand as they should.
[[nodiscard]] std::optional<DamagedPreamble> read_damaged(View line);

}  // namespace torntape::grammar::fl05
