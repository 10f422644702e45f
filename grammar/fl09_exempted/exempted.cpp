#include "grammar/fl09_exempted/exempted.hpp"

#include "grammar/characters.hpp"
#include "grammar/fl07_addressees/address_line.hpp"
#include "grammar/parser.hpp"

namespace torntape::grammar::fl09 {

namespace {
constexpr View prosign = "XMT";
}

bool starts(View line) {
  return line.starts_with(prosign) &&
         (line.size() == prosign.size() || is_blank(line[prosign.size()]) || line[prosign.size()] == '/');
}

Reading read_first(View line, Message& message) {
  line.remove_prefix(prosign.size());
  note(message, Feature::exempted);
  auto reading = Reading::whole;
  if (line.starts_with('/')) {
    note(message, Feature::exempted_slant, line.substr(0, 1));
    line.remove_prefix(1);
    reading = Reading::tolerated;
  }
  line = trim_left(line);
  return line.empty() ? reading : read_next(line, message);
}

Reading read_next(View line, Message& message) {
  if (message.exempted.size() == max_addressees) {
    note(message, Feature::limit_reached, line);
    return Reading::unread;
  }
  Exempted exempted;
  if (auto const length = fl07::indicator_length(line); length != 0) {
    exempted.routing_indicator = line.substr(0, length);
    line.remove_prefix(length + 1);
  }
  exempted.plain_language_address = line;
  message.exempted.push_back(exempted);
  return Reading::whole;
}

}  // namespace torntape::grammar::fl09
