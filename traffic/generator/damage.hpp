// What transmission and careless hands do to a heading: every shape of the rulebook's table of damaged input
// that a message can be made to show, with the rule that tells of it.
#pragma once

#include <span>
#include <string_view>

#include "validator/draft.hpp"
#include "validator/rule.hpp"

namespace torntape::generator {

struct Damage {
  std::string_view name;   // "lost-slash"
  std::string_view rule;   // "FL7-04"
  std::string_view shape;  // "RUEHULAMEMBASSY SEOUL"
  // False, and nothing done, where the message offers no place for it. Null: the rule's own mutation does it.
  bool (*inflict)(validator::Draft&, validator::Random&);
};

[[nodiscard]] std::span<Damage const> damages();

}  // namespace torntape::generator
