// A message read, every token explained → the schema's Inspection.
#pragma once

#include <span>
#include <string_view>

#include <torntape/v1/inspection.pb.h>

#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"
#include "grammar/tokens.hpp"

namespace torntape::wire {

// `source`: the name of the file the message is from, or "-". Spans count from the start of that file:
// the message's own position is added to those of the tokens; diagnostics are taken as they are.
[[nodiscard]] v1::Inspection to_proto(grammar::Message const& message, std::span<grammar::Token const> tokens,
                                      std::span<grammar::Diagnostic const> diagnostics,
                                      std::string_view source);

}  // namespace torntape::wire
