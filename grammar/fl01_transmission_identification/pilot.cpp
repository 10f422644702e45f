#include "grammar/fl01_transmission_identification/pilot.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "grammar/terminals.hpp"

namespace torntape::grammar::fl01 {
namespace {

constexpr std::array<View, 4> signals{"ZOV", "ZFD", "ZDG", "ZEL"};

// A Q signal has no place here (ACP 127(G) 135), but no other line has three letters with a Q at its front.
[[nodiscard]] bool is_signal(View group) {
  return std::ranges::find(signals, group) != signals.end() ||
         (group.size() == 3 && group.front() == 'Q' && all(Class::letter, group));
}
[[nodiscard]] bool is_warning(View group) { return group == "ZNR" || group == "ZNY"; }

struct PilotSignal : Terminal<PilotSignal> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    if (last - first < 3 || !is_signal(View(first, 3))) return false;
    x3::traits::move_to(View(first, 3), attribute);
    first += 3;
    return true;
  }
};

// The line after its warning, which is taken off before.
auto const strict = PilotSignal{}[set<&Pilot::operating_signal>] >>
                    -(' ' >> letters<4, 7>[set<&Pilot::routing_indicator>]) >>
                    -(x3::lit(" T") >> -(' ' >> rest[set<&Pilot::transmit_to>]));

// "Z0V", "ZVO", "ZOVRTBA": the length of what stands where a signal was meant, one step from it or glued to
// what follows; 0 where there is no such thing.
[[nodiscard]] std::size_t near_signal(View group) {
  if (group.size() > 4) return is_signal(group.substr(0, 3)) && is_routing_indicator(group.substr(3)) ? 3 : 0;
  bool const near = group.size() >= 2 && group.front() == 'Z' &&
                    std::ranges::any_of(signals, [&](View each) { return edit_distance(group, each) == 1; });
  return near ? group.size() : 0;
}

void take_warning(View& line, Pilot& pilot) {
  auto after = line;
  auto const warning = take_group(after);
  if (!is_warning(warning)) return;
  pilot.security_warning = warning;
  pilot.designator = take_group(after);
  line = after;
}

// The same, however many blanks part the groups, and with the indicator before the signal: "RTBA ZOV".
void read_tolerantly(View line, Pilot& pilot) {
  auto const first = take_group(line);
  if (auto const length = near_signal(first); length != 0 && !is_signal(first)) {
    pilot.operating_signal = first.substr(0, length);
    pilot.routing_indicator = {};
    if (length != first.size())
      pilot.routing_indicator = first.substr(length);
    else if (is_routing_indicator(line.substr(0, line.find(' '))))
      pilot.routing_indicator = take_group(line);
  } else if (is_signal(first)) {
    pilot.operating_signal = first;
    pilot.routing_indicator = {};
    if (is_routing_indicator(line.substr(0, line.find(' ')))) pilot.routing_indicator = take_group(line);
  } else {
    pilot.routing_indicator = first;
    pilot.operating_signal = take_group(line);
  }
  if (line.substr(0, line.find(' ')) == "T") take_group(line);
  if (!line.empty()) pilot.transmit_to = line;
}

}  // namespace

bool is_pilot_signal(View line) {
  auto first = take_group(line);
  if (is_warning(first)) {
    take_group(line);  // the designator
    first = take_group(line);
  }
  return is_signal(first) || (is_routing_indicator(first) && is_signal(take_group(line)));
}

bool is_damaged_pilot_signal(View line) {
  auto after = line;
  auto const first = take_group(after);
  if (is_warning(first)) return false;
  return near_signal(first) != 0 &&
         (after.empty() || after.starts_with('T') || is_routing_indicator(after.substr(0, after.find(' '))));
}

Reading read_pilot(View line, Message& message) {
  auto& routing = message.routing_line;
  Pilot pilot;
  pilot.precedence = routing.precedence;
  pilot.routing_indicators = std::exchange(routing.routing_indicators, {});
  routing = {};
  take_warning(line, pilot);
  bool const whole = reads(line, strict, pilot);
  if (!whole) read_tolerantly(line, pilot);
  message.pilots.push_back(std::move(pilot));
  note(message, Feature::piloted);
  return whole ? Reading::whole : Reading::tolerated;
}

}  // namespace torntape::grammar::fl01
