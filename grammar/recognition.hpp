// Tells the profile and the kind of copy of a message. Private to grammar/.
#pragma once

#include "grammar/message.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar {

struct RecognisedProfile {
  Profile profile;
  ProfileReason reason;
  View witness;  // what in the text says so; absent where nothing does
};

// Of a heading that begins at `heading`, before it is read, for what is well formed depends on it. In this
// order: an AUTODIN header is `janap128`; a signal ZZH in FL4, or a channel ..I, ..O or XYZ with four digits,
// `state`; "#" before the serial `acp127-us`; a DE line, or FL2 with indicators, `acp127`; otherwise
// `acp126`.
[[nodiscard]] RecognisedProfile recognise_profile(View heading);

// No FL1-FL4: ABBREV; channel XYZ: WEB; otherwise RELAY. ORIGIN only when the caller declares it.
[[nodiscard]] CopyKind recognise_copy_kind(Message const& message);

}  // namespace torntape::grammar
