#include "grammar/fl03_calling_station/calling_station.hpp"

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl03 {
namespace {

using Part = Origin;

auto const strict = x3::string("DE ") >> letters<4, 7>[set<&Part::routing_indicator>] >> " #" >>
                    digits<4>[set<&Part::station_serial_number>] >>
                    -('/' >> digits<2>[set<&Part::section>]) >> ' ' >> digits<7>[set<&Part::filing_time>];

void split_filing_time(Part& part) {
  if (part.filing_time.size() != 7 || !all(Class::digit, part.filing_time)) return;
  part.day_of_year = part.filing_time.substr(0, 3);
  part.time_of_file = part.filing_time.substr(3);
}

// "#1399/01": the mark, the serial, the section.
void read_serial(View group, Message& message) {
  auto& part = message.origin;
  if (group.front() == '#') {
    part.serial_mark = group.substr(0, 1);
    group.remove_prefix(1);
  } else {
    note(message, Feature::serial_mark_missing, group.substr(0, 0));
  }
  auto const slant = group.find('/');
  part.station_serial_number = group.substr(0, slant);
  if (part.station_serial_number.size() != 4 || !all(Class::digit, part.station_serial_number))
    note(message, Feature::serial_odd, part.station_serial_number);
  if (slant == View::npos) return;
  part.section = group.substr(slant + 1);
  if (part.section.size() != 2 || !all(Class::digit, part.section))
    note(message, Feature::section_suffix_odd, part.section);
}

// "ED RUEHTA #1399": what stands for DE before an indicator and the mark of a serial.
[[nodiscard]] bool has_damaged_prosign(View line) {
  auto const prosign = take_group(line);
  return prosign.size() <= 3 && edit_distance(prosign, "DE") == 1 && is_routing_indicator(take_group(line)) &&
         line.starts_with('#');
}

void read_indicator(View& line, Message& message) {
  auto& part = message.origin;
  if (has_damaged_prosign(line)) {
    part.de = take_group(line);
    note(message, Feature::calling_station_missing, part.de);
  } else if (line.starts_with("DE")) {
    part.de = line.substr(0, 2);
    line = trim_left(line.substr(2));
    if (line.data() == part.de.data() + 2) note(message, Feature::prosign_glued, part.de);
  } else {
    note(message, Feature::calling_station_missing, line.substr(0, 0));
  }
  part.routing_indicator = take_group(line);
  if (!is_routing_indicator(part.routing_indicator))
    note(message, Feature::calling_indicator_odd, part.routing_indicator);
}

[[nodiscard]] bool may_be_serial(View group) {
  return group.front() == '#' || group.find('/') != View::npos ||
         (group.size() <= 4 && all(Class::digit, group));
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.origin;
  auto const end = line.substr(line.size());
  read_indicator(line, message);
  if (!line.empty() && may_be_serial(line.substr(0, line.find(' '))))
    read_serial(take_group(line), message);
  else
    note(message, Feature::serial_missing, line.empty() ? end : line.substr(0, 0));
  if (!line.empty() && is_digit(line.front())) {
    part.filing_time = take_group(line);
    if (part.filing_time.size() != 7 || !all(Class::digit, part.filing_time))
      note(message, Feature::filing_time_odd, part.filing_time);
  } else {
    note(message, Feature::filing_time_missing, line.empty() ? end : line.substr(0, 0));
  }
  if (line.empty()) return;
  part.rest = line;
  note(message, Feature::calling_station_rest, line);
}

}  // namespace

bool starts(View line) {
  auto const whole = line;
  auto const first = take_group(line);
  if (first == "DE") return !line.empty();
  if (first.size() <= 3 && has_damaged_prosign(whole)) return true;
  // "DERUEHTA #1399/01", "RUEHTA #1399/01"
  if (!line.starts_with('#')) return false;
  return is_routing_indicator(first) || (first.starts_with("DE") && is_routing_indicator(first.substr(2)));
}

Reading read(View line, Message& message) {
  auto& part = message.origin;
  part = {};
  auto reading = Reading::whole;
  if (reads(line, strict, part) && is_routing_indicator(part.routing_indicator)) {
    part.de = line.substr(0, 2);
    part.serial_mark = View(part.station_serial_number.data() - 1, 1);
  } else {
    part = {};
    reading = Reading::tolerated;
    read_tolerantly(line, message);
  }
  split_filing_time(part);
  if (part.routing_indicator.size() == 4)
    note(message, Feature::calling_indicator_odd);  // odd in State headings
  if (present(part.section)) note(message, Feature::sectioned);
  return reading;
}

}  // namespace torntape::grammar::fl03
