// The signals and words of a heading, in plain English.
#pragma once

#include <span>
#include <string_view>

#include "grammar/message.hpp"

namespace torntape::grammar {

// An operating signal, ACP 127(G) 135: "ZNY", "ZFF6".
struct Signal {
  View text;
  View meaning;           // lower case, no period: "corrected copy, from the station named"
  View citation;          // "ACP 127(G) 420.g"
  bool confirmed = true;  // false: read so by custom, no publication at hand says it
};

// In order of text.
[[nodiscard]] std::span<Signal const> signals();

// The signal, with its digit where the table tells digits apart, else without; null where unknown.
[[nodiscard]] Signal const* signal(View text);

// A caption of the text, 5 FAH-2 H-250: "SIPDIS"; empty where unknown.
[[nodiscard]] View caption_meaning(View caption);

// The classification a security designator repeats: "CONFIDENTIAL" for C; empty for any other letter.
[[nodiscard]] View classification_of(char letter);

}  // namespace torntape::grammar
