// Tells the operator that somebody shows tokens that are nobody's: at once, and then once in a while, however
// many are tried. Any thread.
#pragma once

#include <string_view>

namespace torntape::service {

// `from`: "192.0.2.1"; empty where it is not known.
void tell_wrong_token(std::string_view from);

}  // namespace torntape::service
