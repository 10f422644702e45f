// The lines a relay answers for: FL1 to FL4 and FL16 (RT-02; ACP 127(G) 402.c).
#pragma once

#include <span>
#include <string>

#include "grammar/diagnostic.hpp"
#include "grammar/message.hpp"

namespace torntape::validator {

// The first error in them; null where there is none.
[[nodiscard]] grammar::Diagnostic const* error_for_a_relay(std::span<grammar::Diagnostic const> found);

// Why the routing of a message that came over a circuit cannot be trusted, in words; empty where it can.
[[nodiscard]] std::string fault_for_a_relay(grammar::Message const& message,
                                            std::span<grammar::Diagnostic const> found);

}  // namespace torntape::validator
