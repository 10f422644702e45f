#include "grammar/fl03_calling_station/calling_station.hpp"

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl03 {
namespace {

using Part = Origin;

auto const strict_state = x3::string("DE ") >> letters<4, 7>[set<&Part::routing_indicator>] >> " #" >>
                          digits<4>[set<&Part::station_serial_number>] >>
                          -('/' >> digits<2>[set<&Part::section>]) >>
                          ' ' >> digits<7>[set<&Part::filing_time>];

auto const strict_us = x3::string("DE ") >> letters<4, 7>[set<&Part::routing_indicator>] >> " #" >>
                       digits<4>[set<&Part::station_serial_number>] >> ' ' >>
                       digits<7>[set<&Part::filing_time>];

[[nodiscard]] bool reads_whole(View line, Profile profile, Part& part) {
  switch (profile) {
    case Profile::state:
      return reads(line, strict_state, part);
    case Profile::acp127_us:
      return reads(line, strict_us, part);
    default:
      return false;  // all its parts may be left out: read group by group
  }
}

// "02/0009Z", ACP 127(G) 115.
[[nodiscard]] bool is_calendar_time(View group) {
  return group.size() == 8 && all(Class::digit, group.substr(0, 2)) && group[2] == '/' &&
         all(Class::digit, group.substr(3, 4)) && group[7] == 'Z';
}

[[nodiscard]] bool is_filing_time(View group, Profile profile) {
  if (group.size() == 7 && all(Class::digit, group)) return true;
  return is_calendar_time(group) && (profile == Profile::acp127 || profile == Profile::acp126);
}

// A serial of one to four digits, and the letter of the position inside the station.
[[nodiscard]] bool is_plain_serial(View group) {
  if (!group.empty() && is_letter(group.back())) group.remove_suffix(1);
  return group.size() <= 4 && all(Class::digit, group);
}

[[nodiscard]] bool has_serial_mark(Profile profile) {
  return profile == Profile::state || profile == Profile::acp127_us;
}

void split_filing_time(Part& part) {
  if (is_calendar_time(part.filing_time)) {
    part.day_of_month = part.filing_time.substr(0, 2);
    part.time_of_file = part.filing_time.substr(3, 4);
  }
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
  } else if (has_serial_mark(message.profile)) {
    note(message, Feature::serial_mark_missing, group.substr(0, 0));
  }
  auto const slant = group.find('/');
  auto const serial = part.station_serial_number = group.substr(0, slant);
  bool const marked = has_serial_mark(message.profile);
  if (marked ? serial.size() != 4 || !all(Class::digit, serial) : !is_plain_serial(serial))
    note(message, Feature::serial_odd, serial);
  if (slant == View::npos) return;
  part.section = group.substr(slant + 1);
  // Base ACP 127 gives each section a serial of its own (208.f); the suffix is State's.
  if (message.profile != Profile::state || part.section.size() != 2 || !all(Class::digit, part.section))
    note(message, Feature::section_suffix_odd, part.section);
}

// "#1399/01 2290141", "115B 2310941": what follows the indicator, whatever stands before it.
[[nodiscard]] bool is_serial_and_time(View line) {
  if (line.starts_with('#')) return true;
  if (line.empty() || !is_digit(line.back())) return false;
  auto const time = take_last_group(line);
  return time.size() == 7 && all(Class::digit, time) && is_plain_serial(line);
}

// "ED RUEHTA #1399": what stands for DE.
[[nodiscard]] bool has_damaged_prosign(View line) {
  auto const prosign = take_group(line);
  return prosign.size() <= 3 && is_routing_indicator(take_group(line)) && is_serial_and_time(line) &&
         edit_distance(prosign, "DE") == 1;
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

[[nodiscard]] bool may_be_serial(View group, Profile profile) {
  if (is_filing_time(group, profile)) return false;
  return group.front() == '#' || group.find('/') != View::npos || is_plain_serial(group);
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.origin;
  auto const end = line.substr(line.size());
  read_indicator(line, message);
  if (!line.empty() && may_be_serial(line.substr(0, line.find(' ')), message.profile))
    read_serial(take_group(line), message);
  else
    note(message, Feature::serial_missing, line.empty() ? end : line.substr(0, 0));
  if (!line.empty() && is_digit(line.front())) {
    part.filing_time = take_group(line);
    if (!is_filing_time(part.filing_time, message.profile))
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
  if (first.size() <= 3) return has_damaged_prosign(whole);
  // "DERUEHTA #1399/01", "RUEHTA #1399/01", "RTBAKV 115B 2310941"
  auto const indicator = first.starts_with("DE") ? first.substr(2) : first;
  return is_routing_indicator(indicator) && is_serial_and_time(line);
}

Reading read(View line, Message& message) {
  auto& part = message.origin;
  part = {};
  auto reading = Reading::whole;
  if (reads_whole(line, message.profile, part) && is_routing_indicator(part.routing_indicator)) {
    part.de = line.substr(0, 2);
    part.serial_mark = View(part.station_serial_number.data() - 1, 1);
  } else {
    part = {};
    auto const odd_before = message.oddities.size();
    read_tolerantly(line, message);
    if (has_serial_mark(message.profile) || message.oddities.size() != odd_before)
      reading = Reading::tolerated;
  }
  split_filing_time(part);
  if (present(part.day_of_month)) note(message, Feature::calendar_filing);
  if (message.profile == Profile::state && part.routing_indicator.size() == 4)
    note(message, Feature::calling_indicator_odd);  // odd in State headings
  if (present(part.section)) note(message, Feature::sectioned);
  return reading;
}

}  // namespace torntape::grammar::fl03
