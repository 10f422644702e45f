#include "grammar/fl11_separator/separator.hpp"

#include "grammar/characters.hpp"

namespace torntape::grammar::fl11 {

bool is(View line) { return line == "BT" || line == "B T" || line == "BT."; }

Reading read(View line, Message& message) {
  if (line == "BT") return Reading::whole;
  note(message, Feature::separator_odd, line);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl11
