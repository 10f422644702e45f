#include "grammar/fl06_originator/originator.hpp"

#include <algorithm>
#include <array>

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

// "FMRTBAKV".
[[nodiscard]] bool is_glued_indicator(View line) {
  return line.starts_with("FM") && is_routing_indicator(line.substr(2));
}

// One step from FM, whatever blank stands inside; a name of one letter is none.
[[nodiscard]] bool is_near_prosign(View text) {
  std::array<char, 3> letters{};
  std::size_t count = 0;
  for (char const c : trim_right(text)) {
    if (is_blank(c)) continue;
    if (!is_letter(c) || count == letters.size()) return false;
    letters[count++] = c;
  }
  return count != 0 && edit_distance(View(letters.data(), count), "FM") <= 1;
}

}  // namespace

bool starts(View line) {
  if (!line.starts_with('F') && !line.starts_with('f')) return false;
  auto const prosign = take_group(line);
  return prosign == "FM" || (!line.empty() && is_other_prosign(prosign));
}

std::size_t damaged_prosign(View line) {
  constexpr std::size_t longest = 4;  // "F M", "FMX"
  for (std::size_t length = 1; length <= std::min(longest, line.size()); ++length) {
    auto const name = trim_left(line.substr(length));
    bool const is_name =
        std::ranges::any_of(fl07::first_words, [&](View word) { return name.starts_with(word); });
    if (is_name && is_near_prosign(line.substr(0, length))) return length;
  }
  return 0;
}

bool may_stand_first(View line) {
  auto const first = take_group(line);
  return line.empty() ? is_glued_indicator(first) : is_near_prosign(first);
}

bool lacks_prosign(View line) {
  return std::ranges::any_of(fl07::first_words, [&](View word) { return line.starts_with(word); });
}

Reading read(View line, Message& message) {
  auto& part = message.originator;
  part = {};
  auto reading = Reading::whole;
  if (reads(line, strict, part)) {
    part.prosign = line.substr(0, 2);
  } else if (lacks_prosign(line)) {
    part.prosign = line.substr(0, 0);
    part.plain_language_address = line;
    note(message, Feature::originator_missing, part.prosign);
    return Reading::tolerated;
  } else if (starts(line) || (damaged_prosign(line) == 0 && !is_glued_indicator(line))) {
    reading = Reading::tolerated;
    part.prosign = take_group(line);
    part.plain_language_address = line;
    if (part.prosign != "FM" || !line.empty()) note(message, Feature::originator_prosign_odd, part.prosign);
  } else {
    reading = Reading::tolerated;
    part.prosign =
        is_glued_indicator(line) ? line.substr(0, 2) : trim_right(line.substr(0, damaged_prosign(line)));
    part.plain_language_address = trim_left(line.substr(part.prosign.size()));
    note(message, Feature::originator_prosign_odd, part.prosign);
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
