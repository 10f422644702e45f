// Findings ⇄ the schema's Diagnostic.
#pragma once

#include <string_view>

#include <torntape/v1/diagnostic.pb.h>

#include "grammar/diagnostic.hpp"

namespace torntape::wire {

// `source`: the name of the file the diagnostic is about, or "-".
[[nodiscard]] v1::Diagnostic to_proto(grammar::Diagnostic const& diagnostic, std::string_view source);
[[nodiscard]] v1::Span to_proto(grammar::Span const& span);
[[nodiscard]] v1::Severity to_proto(grammar::Severity severity);
[[nodiscard]] v1::Safety to_proto(grammar::Safety safety);

// `rule`, `name` and `citation` of what comes back borrow from the diagnostic given.
[[nodiscard]] grammar::Diagnostic from_proto(v1::Diagnostic const& diagnostic);

}  // namespace torntape::wire
