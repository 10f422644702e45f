// A message as read → the schema's Heading.
#pragma once

#include <torntape/v1/heading.pb.h>

#include "grammar/message.hpp"

namespace torntape::wire {

// Absent parts stay absent. Strings are as written, in UTF-8 (see utf8.hpp).
[[nodiscard]] v1::Heading to_proto(grammar::Message const& message);

[[nodiscard]] v1::Precedence to_proto(grammar::Precedence precedence);
[[nodiscard]] v1::Profile to_proto(grammar::Profile profile);
[[nodiscard]] v1::CopyKind to_proto(grammar::CopyKind kind);
[[nodiscard]] v1::MessageForm to_proto(grammar::MessageForm form);

}  // namespace torntape::wire
