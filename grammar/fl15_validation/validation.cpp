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

bool is_correction(View line) { return line == "C" || line.starts_with("C "); }

Reading read_correction(View line, Message& message) {
  message.end.corrections.push_back(line);
  note(message, Feature::correction);
  auto place = line;
  take_group(place);
  auto const first = place.substr(0, place.find(' '));
  // The place by page and line, or by the words around it: WA (word after), WB, AA, AB (133).
  for (View const word : {View("PAGE"), View("LINE"), View("WA"), View("WB"), View("AA"), View("AB")})
    if (first == word) return Reading::whole;
  note(message, Feature::correction_odd, line);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl15
