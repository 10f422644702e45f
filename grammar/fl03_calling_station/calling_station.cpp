#include "grammar/fl03_calling_station/calling_station.hpp"

#include <algorithm>
#include <optional>

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

// "#1399/01": the mark, the serial, the section. A blank inside stays in the part that it breaks.
void read_serial(View group, Message& message) {
  auto& part = message.origin;
  if (group.front() == '#') {
    part.serial_mark = group.substr(0, 1);
    group.remove_prefix(1);
  } else if (has_serial_mark(message.profile) && is_digit(group.front())) {
    note(message, Feature::serial_mark_missing, group.substr(0, 0));
  }
  bool const apart = present(part.serial_mark) && !group.empty() && is_blank(group.front());
  auto const slant = group.find('/');
  auto const serial = part.station_serial_number = trim(group.substr(0, slant));
  bool const marked = has_serial_mark(message.profile);
  if (marked ? serial.size() != 4 || !all(Class::digit, serial) : !is_plain_serial(serial))
    note(message, Feature::serial_odd, serial);
  else if (apart)
    note(message, Feature::serial_odd, span(part.serial_mark, serial));
  if (slant == View::npos) return;
  part.section = trim_left(group.substr(slant + 1));
  // Base ACP 127 gives each section a serial of its own (208.f); the suffix is State's.
  if (message.profile != Profile::state || part.section.size() != 2 || !all(Class::digit, part.section))
    note(message, Feature::section_suffix_odd, part.section);
}

// "#1399/01 2290141", "115B 2310941", "115B 02/0009Z", "02/0009Z": what follows the indicator, whatever
// stands before it.
[[nodiscard]] bool is_serial_and_time(View line) {
  if (line.starts_with('#')) return true;
  if (line.empty() || (!is_digit(line.back()) && line.back() != 'Z')) return false;
  auto const time = take_last_group(line);
  if (is_calendar_time(time) && line.empty()) return true;
  return (is_calendar_time(time) || (time.size() == 7 && all(Class::digit, time))) && is_plain_serial(line);
}

// "ED RUEHTA #1399": what stands for DE.
[[nodiscard]] bool has_damaged_prosign(View line) {
  auto const prosign = take_group(line);
  return prosign.size() <= 3 && is_routing_indicator(take_group(line)) && is_serial_and_time(line) &&
         edit_distance(prosign, "DE") == 1;
}

// "DERUEHTA", "DEXRUEHTA", "D ERUEHTA", "DER UEHTA" before a serial: DE and the indicator, the blank between
// them lost or moved.
struct GluedStation {
  View prosign;    // "DE", with what stands between
  View indicator;  // a blank may be inside
  bool whole = true;
};

[[nodiscard]] std::optional<GluedStation> glued_station(View line) {
  auto after = line;
  auto const first = take_group(after);
  if (first.starts_with("DE") && is_serial_and_time(after)) {
    for (std::size_t const length : {2U, 3U})
      if (first.size() > length && is_routing_indicator(first.substr(length)))
        return GluedStation{first.substr(0, length), first.substr(length)};
    return std::nullopt;
  }
  auto const second = take_group(after);
  if (second.empty() || !is_serial_and_time(after)) return std::nullopt;
  if (first == "D" && second.front() == 'E' && is_routing_indicator(second.substr(1)))
    return GluedStation{span(first, second.substr(0, 1)), second.substr(1), false};
  auto const lost = first.size() == 3 && first.starts_with("DE") && (first[2] == 'R' || first[2] == 'Q');
  if (!lost || second.size() < 3 || second.size() > 6 || !all(Class::letter, second)) return std::nullopt;
  return GluedStation{first.substr(0, 2), span(first.substr(2), second), false};
}

// "R BAKV #0512", "RTBAK V#0512": a blank breaks the indicator before a serial.
[[nodiscard]] View broken_indicator(View line) {
  auto const first = take_group(line);
  std::size_t length = 0;
  while (length != line.size() && is_letter(line[length])) ++length;
  auto const letters = first.size() + length;
  bool const one = (first.starts_with('R') || first.starts_with('Q')) && all(Class::letter, first) &&
                   length != 0 && letters >= 4 && letters <= 7;
  auto const after = trim_left(line.substr(length));
  return one && !after.empty() && is_serial_and_time(after) ? span(first, line.substr(0, length)) : View{};
}

void read_prosign(View& line, Message& message) {
  auto& part = message.origin;
  if (has_damaged_prosign(line)) {
    part.de = take_group(line);
    note(message, Feature::calling_station_missing, part.de);
  } else if (line.starts_with("DE") && (line.size() == 2 || is_blank(line[2]))) {
    part.de = take_group(line);
  } else {
    note(message, Feature::calling_station_missing, line.substr(0, 0));
  }
}

void read_indicator(View& line, Message& message) {
  auto& part = message.origin;
  auto const glued = has_damaged_prosign(line) ? std::nullopt : glued_station(line);
  if (glued) {
    part.de = glued->prosign;
    part.routing_indicator = glued->indicator;
    note(message, Feature::calling_station_missing,
         glued->whole ? glued->prosign : span(glued->prosign, glued->indicator));
    line = trim_left(line.substr(span(line.substr(0, 0), glued->indicator).size()));
    return;
  }
  read_prosign(line, message);
  auto const broken = broken_indicator(line);
  part.routing_indicator = present(broken) ? broken : line.substr(0, line.find(' '));
  line = trim_left(line.substr(part.routing_indicator.size()));
  if (!is_routing_indicator(part.routing_indicator))
    note(message, Feature::calling_indicator_odd, part.routing_indicator);
}

[[nodiscard]] bool may_be_serial(View group_and_rest, Profile profile) {
  auto const group = group_and_rest.substr(0, group_and_rest.find(' '));
  if (is_filing_time(group, profile)) return false;
  // "1I6B 02/0012Z": before the time of file a short group with a figure is a serial, whatever else it holds.
  auto after = group_and_rest;
  take_group(after);
  bool const before_time = is_filing_time(after, profile) && group.size() <= 6;
  if (before_time && std::ranges::any_of(group, is_digit)) return true;
  return group.front() == '#' || group.find('/') != View::npos || is_plain_serial(group);
}

// "#0 12/01" of "#0 12/01 2290141": the serial as far as the time of file, where blanks break it.
[[nodiscard]] View broken_serial(View line, Profile profile) {
  auto before = line;
  auto const time = take_last_group(before);
  if (!is_filing_time(time, profile) || before.find(' ') == View::npos) return {};
  auto const of_serial = [](char c) { return is_digit(c) || is_blank(c) || c == '#' || c == '/'; };
  return before.size() <= 10 && std::ranges::all_of(before, of_serial) ? before : View{};
}

// A serial by its form, with its mark and section or with the letter of the position.
[[nodiscard]] bool is_whole_serial(View group) {
  if (!group.starts_with('#')) return group.size() > 1 && is_letter(group.back()) && is_plain_serial(group);
  auto const slant = std::min(group.size(), group.find('/'));
  auto const section = group.substr(slant);
  return slant == 5 && all(Class::digit, group.substr(1, 4)) &&
         (section.empty() || (section.size() == 3 && all(Class::digit, section.substr(1))));
}

// "115B02/0009Z", "#0512/012310941": where the time of file begins that is glued to the serial; 0 where none
// is.
[[nodiscard]] std::size_t glued_time(View group, Profile profile) {
  constexpr std::size_t calendar = 8, julian = 7;
  if (profile != Profile::state && group.size() > calendar) {
    auto const at = group.size() - calendar;
    if (is_calendar_time(group.substr(at))) return at;
  }
  if (group.size() <= julian) return 0;
  auto const at = group.size() - julian;
  return all(Class::digit, group.substr(at)) && is_whole_serial(group.substr(0, at)) ? at : 0;
}

void read_serial_of(View& line, Message& message) {
  auto const group = line.substr(0, line.find(' '));
  if (auto const broken = broken_serial(line, message.profile); present(broken)) {
    read_serial(broken, message);
    line = trim_left(line.substr(broken.size()));
  } else if (auto const time = glued_time(group, message.profile); time != 0) {
    read_serial(group.substr(0, time), message);
    line = line.substr(time);
    if (!message.features.has(Feature::serial_odd))
      note(message, Feature::filing_time_odd, line.substr(0, 0));
  } else {
    read_serial(take_group(line), message);
  }
}

// Figures alone are the time of file, wherever blanks stand between them.
[[nodiscard]] View time_at(View line) {
  bool const figures = std::ranges::all_of(line, [](char c) { return is_digit(c) || is_blank(c); });
  return figures ? line : line.substr(0, line.find(' '));
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.origin;
  auto const end = line.substr(line.size());
  read_indicator(line, message);
  if (!line.empty() && may_be_serial(line, message.profile))
    read_serial_of(line, message);
  else
    note(message, Feature::serial_missing, line.empty() ? end : line.substr(0, 0));
  if (!line.empty() && is_digit(line.front())) {
    part.filing_time = time_at(line);
    line = trim_left(line.substr(part.filing_time.size()));
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
  if (first.size() <= 3 && has_damaged_prosign(whole)) return true;
  // "RUEHTA #1399/01", "RTBAKV 115B 2310941": the prosign is lost.
  if (is_routing_indicator(first) && is_serial_and_time(line)) return true;
  return first.starts_with('D') && glued_station(whole).has_value();
}

std::size_t joined(View line) {
  // A routing line ends in letters.
  if (line.size() < 2 || !is_digit(line[line.size() - 2])) return View::npos;
  auto const at = line.find(" DE ");
  if (at == View::npos) return View::npos;
  auto after = trim_left(line.substr(at + 4));
  bool const station = is_routing_indicator(take_group(after)) && is_serial_and_time(after);
  return station ? at + 1 : View::npos;
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
