// What is wrong with a made-up message on purpose: what was put in, where, and what stood there before.
#pragma once

#include <string>
#include <string_view>

#include "grammar/message.hpp"

namespace torntape::generator {

struct Label {
  std::string_view rule;    // the id of the rule that is broken: "FL2-01"
  std::string_view damage;  // the name of the damage that was done; empty where the rule alone was asked for
  grammar::FormatLine format_line = grammar::FormatLine::none;  // the line where it was done
  std::size_t line = 1;                                         // of the message, from 1
  std::size_t offset = 0, length = 0;                           // in the text of the message, as it is now
  std::string before, now;                                      // what stood there, and what stands there
};

}  // namespace torntape::generator
