#include "grammar/fl16_end/end_of_message.hpp"

#include "grammar/characters.hpp"

namespace torntape::grammar::fl16 {

bool is(View line) { return line == "NNNN" || line == "NNN" || line == "NNNNN"; }

Reading read(View line, Message& message) {
  message.end.nnnn = line;
  if (line.size() == 4) return Reading::whole;
  note(message, Feature::end_odd, line);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl16
