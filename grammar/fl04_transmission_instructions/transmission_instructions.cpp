#include "grammar/fl04_transmission_instructions/transmission_instructions.hpp"

#include <algorithm>
#include <optional>

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl04 {
namespace {

using Part = TransmissionInstructions;

struct OperatingSignal : Terminal<OperatingSignal> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const& context, RuleContext const& rule,
             Attribute& attribute) const {
    auto const before = first;
    View signal;
    if (group.parse(first, last, context, rule, signal) && is_operating_signal(signal)) {
      x3::traits::move_to(signal, attribute);
      return true;
    }
    first = before;
    return false;
  }
};

constexpr OperatingSignal opsig{};

auto const strict = (x3::string("ZNY") | x3::string("ZNR")) >> ' ' >> letters<5>[set<&Part::designator>] >>
                    -('/' >> letters<5>[set<&Part::special_handling>]) >>
                    *(' ' >> opsig[append<&Part::operating_signals>]);

// Five times the class letter, or three times and a release code of two (ACP 127(G) 124.b, 203.a).
[[nodiscard]] bool is_designator(View group) { return group.size() == 5 && same_letter(group.substr(0, 3)); }

// A group that was meant as one: "CCCC", "CCCCCC", "CCXCC".
[[nodiscard]] bool may_be_designator(View group) {
  return group.size() >= 2 && group.size() <= 8 && all(Class::letter, group) && group[0] == group[1] &&
         !is_operating_signal(group);
}

[[nodiscard]] bool is_warning(View group) { return group == "ZNY" || group == "ZNR"; }

void read_designator(View group, Message& message) {
  auto& part = message.transmission_instructions;
  auto const slant = group.find('/');
  part.designator = group.substr(0, slant);
  if (slant != View::npos) part.special_handling = group.substr(slant + 1);
  if (!is_designator(part.designator)) note(message, Feature::designator_odd, part.designator);
}

// "CCCCCZZH".
[[nodiscard]] bool is_designator_and_signal(View group) {
  return group.size() == 8 && same_letter(group.substr(0, 5)) && group[5] == 'Z' &&
         is_operating_signal(group.substr(5));
}

void read_glued_signal(View group, Message& message) {
  auto& part = message.transmission_instructions;
  part.designator = group.substr(0, 5);
  part.operating_signals.push_back(group.substr(5));
  note(message, Feature::designator_odd, group.substr(5, 0));
}

// "SSS SS": five times the letter of a class, with a blank inside.
[[nodiscard]] View broken_designator(View line) {
  auto after = line;
  auto const first = take_group(after);
  auto const second = after.substr(0, after.find(' '));
  bool const same = first.size() + second.size() == 5 && !second.empty() && same_letter(first) &&
                    same_letter(second) && first.front() == second.front() && is_letter(first.front());
  return same ? span(first, second) : View{};
}

void read_broken_designator(View designator, View& line, Message& message) {
  message.transmission_instructions.designator = designator;
  note(message, Feature::designator_odd, designator);
  line = trim_left(line.substr(designator.size()));
}

void read_warning(View group, View& line, Message& message) {
  auto& part = message.transmission_instructions;
  if (present(part.security_warning)) {
    note(message, Feature::second_warning, group);
    take_group(line);
    return;
  }
  part.security_warning = group;
  auto const next = line.substr(0, line.find(' '));
  if (next.empty() || is_operating_signal(next.substr(0, next.find('/'))))
    note(message, Feature::designator_odd, line.substr(0, 0));
  else if (auto const broken = broken_designator(line); present(broken))
    read_broken_designator(broken, line, message);
  else if (is_designator_and_signal(next))
    read_glued_signal(take_group(line), message);
  else
    read_designator(take_group(line), message);
}

void read_remarks(View remarks, Message& message) {
  auto& part = message.transmission_instructions;
  part.remarks = present(part.remarks) ? span(part.remarks, remarks) : remarks;
  note(message, Feature::remarks, remarks);
}

// "ZZH(CCY ..)": a known signal with a remark glued to it.
[[nodiscard]] bool is_glued_remark(View group) {
  return group.size() > 3 && group[3] == '(' && is_operating_signal(group.substr(0, 3));
}

// A warning whose letters or blanks are damaged, and the group that goes with it.
struct DamagedWarning {
  View signal;
  View designator;
  bool misspelt = false;  // the signal, otherwise the blank
};

// "ZNYCCCCC", "ZNYXCCCCC", "ZNYC CCCC": the blank between the warning and its group lost or moved.
[[nodiscard]] std::optional<DamagedWarning> with_misplaced_blank(View line) {
  if (!is_warning(line.substr(0, 3)) || line.size() < 8 || is_blank(line[3])) return std::nullopt;
  auto after = line;
  auto const first = take_group(after);
  if (first.size() == 8 && is_designator(first.substr(3)))
    return DamagedWarning{first.substr(0, 3), first.substr(3)};
  if (first.size() == 9 && same_letter(first.substr(4)))
    return DamagedWarning{first.substr(0, 3), first.substr(3)};
  auto const second = after.substr(0, after.find(' '));
  bool const moved = first.size() + second.size() == 8 && same_letter(first.substr(3)) &&
                     same_letter(second) && first.back() == second.front();
  return moved ? std::optional{DamagedWarning{first.substr(0, 3), span(first.substr(3), second)}}
               : std::nullopt;
}

// "ZRN UUUUU", "NY CCCCC", "ZNNR UUUUU": one step from a warning, before the letter of a class five times.
[[nodiscard]] std::optional<DamagedWarning> misspelt_warning(View line) {
  auto const signal = take_group(line);
  auto const group = line.substr(0, line.find(' '));
  bool const near = signal.size() >= 2 && signal.size() <= 4 && all(Class::letter, signal) &&
                    (edit_distance(signal, "ZNR") == 1 || edit_distance(signal, "ZNY") == 1);
  bool const of_class =
      group.size() >= 4 && group.size() <= 6 && same_letter(group) && is_letter(group.front());
  return near && of_class && !is_warning(signal) ? std::optional{DamagedWarning{signal, group, true}}
                                                 : std::nullopt;
}

[[nodiscard]] std::optional<DamagedWarning> damaged_warning(View line) {
  auto const misplaced = with_misplaced_blank(line);
  return misplaced ? misplaced : misspelt_warning(line);
}

// Takes it off the line.
bool read_damaged_warning(View& line, Message& message) {
  auto& part = message.transmission_instructions;
  auto const damaged = present(part.security_warning) ? std::nullopt : damaged_warning(line);
  if (!damaged) return false;
  part.security_warning = damaged->signal;
  part.designator = damaged->designator;
  // A signal that is neither of the two is seen as such.
  if (!damaged->misspelt || !is_designator(damaged->designator))
    note(message, Feature::designator_odd, damaged->designator);
  line = trim_left(line.substr(span(line.substr(0, 0), damaged->designator).size()));
  return true;
}

// "ZOT RTCAQB XYAG": the stations and addressees that a signal is for (ACP 127(G) 152.f). What is no
// designator, an indicator, a call sign or an address group, is a remark.
[[nodiscard]] bool are_designators(View line) {
  while (!line.empty()) {
    auto const group = take_group(line);
    bool const call = group.size() >= 3 && group.size() <= 6 &&
                      std::ranges::all_of(group, [](char c) { return is_letter(c) || is_digit(c); });
    if (!is_routing_indicator(group) && !call) return false;
  }
  return true;
}

[[nodiscard]] bool takes_designators(View signal, Message const& message) {
  return message.profile != Profile::state && signal == "ZOT";
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.transmission_instructions;
  bool first = !read_damaged_warning(line, message);
  while (!line.empty()) {
    auto const whole = line;
    auto const group = take_group(line);
    if (is_warning(group)) {
      if (!first) note(message, Feature::warning_not_first, group);
      read_warning(group, line, message);
    } else if (is_operating_signal(group)) {
      part.operating_signals.push_back(group);
      if (takes_designators(group, message) && !line.empty() && are_designators(line)) {
        part.remarks = line;
        return;
      }
    } else if (is_glued_remark(group)) {
      part.operating_signals.push_back(group.substr(0, 3));
      return read_remarks(whole.substr(3), message);
    } else if (group.front() == 'Z' && group.size() <= 8 && all(Class::letter, group)) {
      part.operating_signals.push_back(group);
      note(message, Feature::operating_signal_odd, group);
    } else if (!present(part.designator) && may_be_designator(group)) {
      read_designator(group, message);
    } else {
      return read_remarks(whole, message);
    }
    first = false;
  }
}

// Nearly every State heading has ZZH behind its warning, and nothing else.
[[nodiscard]] bool calls_for_a_look(Part const& part) {
  auto const& signals = part.operating_signals;
  if (!present(part.security_warning)) return !signals.empty();
  return std::ranges::any_of(signals, [](View signal) { return signal != "ZZH"; });
}

}  // namespace

bool starts(View line) {
  if (is_warning(line.substr(0, 3)) && line.size() > 3 && (line[3] == ' ' || line.size() >= 8)) return true;
  // Damaged: the letters of ZNR and ZNY before a class of equal letters.
  auto const blank = line.find(' ');
  bool const may_be =
      blank >= 2 && blank <= 4 && line.size() > blank + 4 && line[blank + 2] == line[blank + 3];
  return may_be && damaged_warning(line).has_value();
}

bool starts_with_signal(View line) {
  auto const first = take_group(line);
  return is_operating_signal(first) && first.front() == 'Z';
}

bool is_transmit(View line) {
  auto const first = take_group(line);
  if (first == "T") return true;
  return is_routing_indicator(first) && line.substr(0, line.find(' ')) == "T";
}

Reading read_transmit(View line, Message& message) {
  TransmitInstruction instruction;
  auto const first = take_group(line);
  if (first != "T") {
    instruction.routing_indicator = first;
    take_group(line);
  }
  if (!line.empty()) instruction.designators = line;
  message.transmission_instructions.transmit.push_back(instruction);
  note(message, Feature::transmit_instruction);
  return Reading::whole;
}

Reading read(View line, Message& message) {
  if (is_transmit(line)) return read_transmit(line, message);
  auto& part = message.transmission_instructions;
  auto reading = Reading::whole;
  if (!present(part.security_warning) && reads(line, strict, part) && is_designator(part.designator)) {
    part.security_warning = line.substr(0, 3);
  } else {
    if (!present(part.security_warning)) {
      part.designator = part.special_handling = {};
      part.operating_signals.clear();
    }
    reading = Reading::tolerated;
    read_tolerantly(line, message);
  }
  if (calls_for_a_look(part)) note(message, Feature::operating_signal);
  return reading;
}

Reading read_continuation(View line, Message& message) {
  if (is_transmit(line)) return read_transmit(line, message);
  if (message.profile != Profile::state && starts_with_signal(line)) {
    read_tolerantly(line, message);
    note(message, Feature::operating_signal);
    return Reading::whole;
  }
  read_remarks(line, message);
  return Reading::tolerated;
}

}  // namespace torntape::grammar::fl04
