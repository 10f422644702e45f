// What is wrong with a made-up message on purpose: what was put in, where, and what stood there before.
#pragma once

#include <string>
#include <string_view>

#include "grammar/message.hpp"

namespace torntape::generator {

struct Label {
  std::string_view rule;    // the id of the rule that is broken: "FL2-01"
  std::string_view damage;  // the name of the damage that was done; empty of a rule's own mutation
  grammar::FormatLine format_line = grammar::FormatLine::none;  // of the good message, where it was done
  std::size_t line = 1, last_line = 1;  // source lines of the message as it is now, from 1
  std::size_t offset = 0, length = 0;   // in the text of the message as it is now
  std::string before, now;              // what stood there, and what stands there
  // Of a rule that needs several messages: how many messages the run has, and which of them this is, from 0.
  std::size_t run = 1, place = 0;
};

// The one stretch in which two texts differ. `good` is the message before.
[[nodiscard]] Label difference(grammar::Message const& good, std::string_view broken);

}  // namespace torntape::generator
