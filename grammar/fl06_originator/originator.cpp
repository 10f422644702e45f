#include "grammar/fl06_originator/originator.hpp"

#include <algorithm>

#include "grammar/fl07_addressees/address_line.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl06 {
namespace {

using Part = Originator;

auto const strict = x3::string("FM ") >> rest[set<&Part::plain_language_address>];

[[nodiscard]] bool is_other_prosign(View group) {
  return group == "FROM" || group == "FROM:" || group == "From:" || group == "from:" || group == "FM:" ||
         group == "From" || group == "Fm";
}

}  // namespace

bool starts(View line) {
  if (!line.starts_with('F') && !line.starts_with('f')) return false;
  auto const prosign = take_group(line);
  return prosign == "FM" || (!line.empty() && is_other_prosign(prosign));
}

bool may_be_damaged(View line) {
  auto const prosign = take_group(line);
  return prosign.size() <= 3 && all(Class::letter, prosign) && edit_distance(prosign, "FM") == 1 &&
         std::ranges::any_of(fl07::first_words, [&](View word) { return line.starts_with(word); });
}

Reading read(View line, Message& message) {
  auto& part = message.originator;
  part = {};
  auto reading = Reading::whole;
  if (reads(line, strict, part)) {
    part.prosign = line.substr(0, 2);
  } else {
    reading = Reading::tolerated;
    part.prosign = take_group(line);
    part.plain_language_address = line;
    if (part.prosign != "FM" || !line.empty()) note(message, Feature::originator_prosign_odd, part.prosign);
  }
  if (part.plain_language_address.empty())
    note(message, Feature::originator_missing, View(part.prosign.data() + part.prosign.size(), 0));
  auto& name = part.plain_language_address;
  name = trim_left(name);
  if (auto const length = fl07::indicator_length(name); length != 0) {
    part.routing_indicator = name.substr(0, length);
    name = name.substr(length + 1);
    note(message, Feature::originator_indicator, part.routing_indicator);
  }
  return reading;
}

}  // namespace torntape::grammar::fl06
