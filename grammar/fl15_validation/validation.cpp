#include "grammar/fl15_validation/validation.hpp"

#include "grammar/characters.hpp"

namespace torntape::grammar::fl15 {

bool is(View line) {
  return line.size() >= 2 && line.size() <= 6 && line.front() == '#' && all(Class::digit, line.substr(1));
}

Reading read(View line, Message& message) {
  message.end.validation_number = line.substr(1);
  if (line.size() == 5) return Reading::whole;
  note(message, Feature::validation_odd, message.end.validation_number);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl15
