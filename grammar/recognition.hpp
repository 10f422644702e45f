// Tells the profile and the kind of copy of a message that has been read. Private to grammar/.
#pragma once

#include "grammar/message.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {

// In this order: a signal ZZH in FL4, or a channel ..I, ..O or XYZ with four digits, is `state`; "#" before
// the serial `acp127-us`; a DE line `acp127`; otherwise `acp126`.
[[nodiscard]] Profile recognise_profile(Message const& message);

// No FL1-FL4: ABBREV; channel XYZ: WEB; otherwise RELAY. ORIGIN only when the caller declares it.
[[nodiscard]] CopyKind recognise_copy_kind(Message const& message);

}  // namespace torntape::grammar
