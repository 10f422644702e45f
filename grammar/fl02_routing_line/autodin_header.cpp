#include "grammar/fl02_routing_line/autodin_header.hpp"

#include <algorithm>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl02 {
namespace {

// Positions, from 0.
constexpr std::size_t originator_at = 9, serial_at = 16, filing_at = 21, hyphen_at = 28, routing_at = 33;
constexpr View start_of_routing = "--";

[[nodiscard]] bool has_fixed_positions(View line) {
  if (line.size() < routing_at + start_of_routing.size()) return false;
  auto const content = line.substr(4, 4);
  return all(Class::letter, line.substr(0, 4)) &&
         std::ranges::all_of(content, [](char c) { return is_letter(c) || is_digit(c); }) && line[8] == ' ' &&
         all(Class::letter, trim_right(line.substr(originator_at, serial_at - originator_at))) &&
         all(Class::digit, line.substr(serial_at, 4)) && line[20] == ' ' &&
         all(Class::digit, line.substr(filing_at, 7)) && line[hyphen_at] == '-' &&
         all(Class::letter, line.substr(hyphen_at + 1, 4)) &&
         line.substr(routing_at).starts_with(start_of_routing);
}

void read_head(View group, Message& message) {
  auto& part = message.routing_line;
  part.precedence = group.substr(0, 1);
  part.language_media = group.substr(1, 2);
  part.classification = group.substr(3, 1);
  part.content_indicator = group.substr(4);
  if (group.size() != 8) note(message, Feature::autodin_positions_odd, group);
  if (View("YZOPR").find(group.front()) == View::npos)
    note(message, Feature::routing_precedence_odd, part.precedence);
}

void read_filing_time(View group, Message& message) {
  auto& origin = message.origin;
  origin.filing_time = group;
  if (group.size() != 7 || !all(Class::digit, group)) return note(message, Feature::filing_time_odd, group);
  origin.day_of_year = group.substr(0, 3);
  origin.time_of_file = group.substr(3);
}

void read_fixed(View line, Message& message) {
  auto& origin = message.origin;
  read_head(line.substr(0, 8), message);
  // An originator of fewer than seven letters keeps its positions by blanks.
  origin.routing_indicator = trim_right(line.substr(originator_at, serial_at - originator_at));
  origin.station_serial_number = line.substr(serial_at, 4);
  read_filing_time(line.substr(filing_at, 7), message);
  message.routing_line.classification_redundancy = line.substr(hyphen_at + 1, 4);
}

// The same parts by groups, where a position is lost or doubled.
void read_shifted(View line, Message& message) {
  auto& origin = message.origin;
  note(message, Feature::autodin_positions_odd, line);
  auto const first = take_group(line);
  read_head(first.substr(0, std::min<std::size_t>(first.size(), 8)), message);
  auto station = take_group(line);
  auto const digit = std::min(station.size(), station.find_first_of("0123456789"));
  origin.routing_indicator = station.substr(0, digit);
  station = digit == station.size() ? take_group(line) : station.substr(digit);
  origin.station_serial_number = station;
  if (station.size() != 4 || !all(Class::digit, station)) note(message, Feature::serial_odd, station);
  auto const hyphen = std::min(line.size(), line.find('-'));
  read_filing_time(line.substr(0, hyphen), message);
  message.routing_line.classification_redundancy = line.substr(std::min(line.size(), hyphen + 1));
}

}  // namespace

bool is_autodin_header(View line) {
  auto const routing = line.find(start_of_routing);
  if (routing == View::npos || routing < 20) return false;
  if (has_fixed_positions(line)) return true;
  // Damaged: a head of eight letters before an indicator, or one of about eight and a hyphenated class.
  auto const first = line.substr(0, line.find(' '));
  auto const called = line.substr(routing + start_of_routing.size(), 5);
  if (first.size() == 8 && all(Class::letter, first) && called.size() == 5 &&
      is_routing_indicator(called.substr(0, 4)))
    return true;
  auto const hyphen = line.find('-');
  return first.size() >= 7 && first.size() <= 9 && is_letter(first.front()) && hyphen < routing &&
         routing - hyphen >= 4 && routing - hyphen <= 6 &&
         all(Class::letter, line.substr(hyphen + 1, routing - hyphen - 1));
}

Reading read_autodin_header(View line, Message& message) {
  auto const odd_before = message.oddities.size();
  note(message, Feature::autodin_header);
  auto const routing = line.find(start_of_routing);
  if (has_fixed_positions(line) && routing == routing_at)
    read_fixed(line, message);
  else
    read_shifted(line.substr(0, routing), message);
  read_autodin_routing(line.substr(routing + start_of_routing.size()), message);
  return message.oddities.size() == odd_before ? Reading::whole : Reading::tolerated;
}

Reading read_autodin_routing(View line, Message& message) {
  auto& part = message.routing_line;
  auto const odd_before = message.oddities.size();
  while (!line.empty()) {
    auto group = take_group(line);
    if (group.ends_with('.')) {
      part.end_of_routing = group.substr(group.size() - 1);
      group.remove_suffix(1);
    }
    if (group.empty()) continue;
    if (!is_routing_indicator(group)) note(message, Feature::routing_indicator_odd, group);
    part.routing_indicators.push_back(group);
  }
  return message.oddities.size() == odd_before ? Reading::whole : Reading::tolerated;
}

void finish_autodin_header(Message& message) {
  auto const& part = message.routing_line;
  if (!message.features.has(Feature::autodin_header)) return;
  auto const redundant = part.classification_redundancy;
  bool const same =
      redundant.size() == 4 && same_letter(redundant) && part.classification == redundant.substr(0, 1);
  if (!same) note(message, Feature::autodin_class_differs, redundant);
  if (present(part.end_of_routing)) return;
  auto const& indicators = part.routing_indicators;
  auto const end = indicators.empty() ? redundant : indicators.back();
  note(message, Feature::autodin_end_missing, end.substr(end.size()));
}

}  // namespace torntape::grammar::fl02
