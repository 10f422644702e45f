#include "validator/classification.hpp"

#include "grammar/fl12_text/text_identification.hpp"

namespace torntape::validator {

char class_letter(Message const& message) {
  auto const group = message.transmission_instructions.designator;
  auto const well_formed = group.size() == 5 && group[0] == group[1] && group[1] == group[2];
  return well_formed ? group[0] : '\0';
}

View release_code(Message const& message) {
  auto const letter = class_letter(message);
  if (letter == '\0') return {};
  auto const code = message.transmission_instructions.designator.substr(3);
  return code[0] == letter && code[1] == letter ? View{} : code;
}

View class_name(Message const& message) {
  auto const words = message.text.classification;
  return grammar::present(words) ? grammar::fl12::class_of(words) : View{};
}

std::string spelled(View class_name) {
  if (class_name != "RESTRICTED" && class_name != "CONFIDENTIAL" && class_name != "SECRET" &&
      class_name != "TOP SECRET")
    return std::string{class_name};
  std::string words;
  for (char const letter : class_name) {
    if (letter == ' ') continue;
    if (!words.empty()) words += ' ';
    words += letter;
  }
  return words;
}

std::string squeezed(View words) {
  std::string letters{words};
  std::erase(letters, ' ');
  return letters;
}

}  // namespace torntape::validator
