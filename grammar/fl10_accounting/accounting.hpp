// FL10, accounting and group count. ACP 127(G) 133 (GR), Annex B.
//
//   fl10 = [acct SP] ("GR" [SP] 1*4D | "GRNC") | acct
//   acct = 2*5L                                (* alone only on the last line before BT *)
//
//   GR 37
#pragma once

#include "grammar/message.hpp"

namespace torntape::grammar::fl10 {

[[nodiscard]] bool starts(View line);
// Accounting letters without a count, on the last line before the separator.
[[nodiscard]] bool may_be_accounting_alone(View line);
// "R 5", "NAVY R 5": a count behind a group that is one letter away from GR. Only where it stands can tell.
[[nodiscard]] bool may_be_damaged(View line);
Reading read(View line, Message& message);

}  // namespace torntape::grammar::fl10
