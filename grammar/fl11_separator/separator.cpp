#include "grammar/fl11_separator/separator.hpp"

#include "grammar/characters.hpp"

namespace torntape::grammar::fl11 {

bool is(View line) { return line == "BT" || line == "B T" || line == "BT."; }

bool may_be_damaged(View line) {
  return !line.empty() && line.size() <= 3 && line.find('/') == View::npos && edit_distance(line, "BT") == 1;
}

View joined_text(View line) { return line.starts_with("BT") ? trim_left(line.substr(2)) : View{}; }

Reading read(View line, Message& message) {
  if (line == "BT") return Reading::whole;
  note(message, Feature::separator_odd, line);
  return Reading::tolerated;
}

void read_joined(View line, Message& message) {
  auto const blank = line.substr(2, line.size() - 2 - joined_text(line).size());
  note(message, Feature::separator_odd, blank);
}

}  // namespace torntape::grammar::fl11
