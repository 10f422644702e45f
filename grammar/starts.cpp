#include "grammar/starts.hpp"

#include "grammar/characters.hpp"
#include "grammar/fl01_transmission_identification/transmission_identification.hpp"
#include "grammar/fl02_routing_line/call_line.hpp"
#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/fl05_preamble/preamble.hpp"

namespace torntape::grammar {

bool begins_without_start(View line) {
  if (line.empty()) return false;
  return fl01::is_manual(line) || fl02::starts(line) || fl02::is_autodin_header(line) ||
         fl02::is_numbered_call(line) || (is_letter(line.front()) && fl05::starts(line));
}

}  // namespace torntape::grammar
