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
  // Of a head of another length nothing more is sure.
  bool const whole = group.size() == 8 && group.find(' ') == View::npos;
  if (!whole) return note(message, Feature::autodin_positions_odd, group);
  part.language_media = group.substr(1, 2);
  part.classification = group.substr(3, 1);
  part.content_indicator = group.substr(4);
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

// "RTCATRM0512": at most seven letters and the serial; what stands before is the end of the head.
void read_station(View group, Message& message) {
  auto& origin = message.origin;
  auto const digit = std::min(group.size(), group.find_first_of("0123456789"));
  auto const letters = std::min<std::size_t>(digit, 7);
  origin.routing_indicator = group.substr(digit - letters, letters);
  origin.station_serial_number = group.substr(digit);
  auto const serial = origin.station_serial_number;
  if (serial.size() == 4 && all(Class::digit, serial)) return;
  note(message, Feature::serial_odd, serial);
  note(message, Feature::autodin_positions_odd, serial);
}

// The same parts from the right, where a position is lost or doubled. The fault is told once.
void read_shifted(View line, Message& message) {
  auto const hyphen = std::min(line.size(), line.find('-'));
  auto redundant = line.substr(std::min(line.size(), hyphen + 1));
  while (redundant.starts_with('-')) redundant.remove_prefix(1);
  redundant = redundant.substr(0, redundant.find_last_not_of("- ") + 1);
  auto before = trim_right(line.substr(0, hyphen));
  read_filing_time(take_last_group(before), message);
  auto station = take_last_group(before);
  // "RTBAKV  0512": a short indicator keeps its positions by blanks.
  if (all(Class::digit, station) && !before.empty()) station = span(take_last_group(before), station);
  read_station(station, message);
  auto const indicator = message.origin.routing_indicator;
  auto const head = trim_right(line.substr(0, static_cast<std::size_t>(indicator.data() - line.data())));
  if (!head.empty()) read_head(head, message);
  message.routing_line.classification_redundancy = redundant;
  if (message.features.has(Feature::autodin_positions_odd)) return;
  auto const time = message.origin.filing_time;
  note(message, Feature::autodin_positions_odd, present(message.origin.day_of_year) ? line : time);
}

// Where the routing begins: behind the last of the hyphens.
[[nodiscard]] std::size_t routing_begins(View line) { return line.rfind('-') + 1; }

// "…RTCATRM0512 2310941-": letters and digits enough before a hyphen, the last of them a time of file.
[[nodiscard]] bool has_head_and_time(View before) {
  auto const letters = std::ranges::count_if(before, is_letter);
  auto const digits = std::ranges::count_if(before, is_digit);
  auto const time = take_last_group(before);
  return letters >= 10 && letters <= 18 && digits >= 9 && digits <= 13 && time.size() >= 6 &&
         time.size() <= 8 && std::ranges::count_if(time, is_digit) >= 6;
}

}  // namespace

bool is_autodin_header(View line) {
  auto const hyphen = line.find('-');
  if (hyphen == View::npos || hyphen < 15) return false;
  if (has_fixed_positions(line)) return true;
  auto const routing = line.find(start_of_routing);
  // Damaged: a head of eight letters before an indicator, or the time of file before a hyphen.
  if (routing != View::npos && routing >= 20) {
    auto const first = line.substr(0, line.find(' '));
    auto const called = line.substr(routing + start_of_routing.size(), 5);
    if (first.size() == 8 && all(Class::letter, first) && called.size() == 5 &&
        is_routing_indicator(called.substr(0, 4)))
      return true;
  }
  return has_head_and_time(trim_right(line.substr(0, hyphen)));
}

Reading read_autodin_header(View line, Message& message) {
  auto const odd_before = message.oddities.size();
  note(message, Feature::autodin_header);
  auto const routing = routing_begins(line);
  if (has_fixed_positions(line) && routing == routing_at + start_of_routing.size())
    read_fixed(line, message);
  else
    read_shifted(line.substr(0, routing), message);
  read_autodin_routing(line.substr(routing), message);
  return message.oddities.size() == odd_before ? Reading::whole : Reading::tolerated;
}

Reading read_autodin_routing(View line, Message& message) {
  auto& part = message.routing_line;
  auto const odd_before = message.oddities.size();
  while (!line.empty()) {
    auto group = take_group(line);
    if (present(part.end_of_routing)) {
      note(message, Feature::autodin_positions_odd, span(group, line));
      break;
    }
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
  bool const same = redundant.size() == 4 && same_letter(redundant) &&
                    (!present(part.classification) || part.classification == redundant.substr(0, 1));
  if (!same) note(message, Feature::autodin_class_differs, redundant);
  if (present(part.end_of_routing)) return;
  auto const& indicators = part.routing_indicators;
  auto const end = indicators.empty() ? redundant : indicators.back();
  note(message, Feature::autodin_end_missing, end.substr(end.size()));
}

}  // namespace torntape::grammar::fl02
