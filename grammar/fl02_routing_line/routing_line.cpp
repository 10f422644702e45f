#include "grammar/fl02_routing_line/routing_line.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "grammar/fl02_routing_line/autodin_header.hpp"
#include "grammar/fl02_routing_line/call_line.hpp"
#include "grammar/indicator_number.hpp"
#include "grammar/terminals.hpp"

namespace torntape::grammar::fl02 {
namespace {

using Part = RoutingLine;

constexpr bool is_doubled_precedence(View group) {
  return group.size() == 2 && group[0] == group[1] && View("ZOPR").find(group[0]) != View::npos;
}

// A routing indicator, by form.
struct Indicator : Terminal<Indicator> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    if (first == last || (*first != 'R' && *first != 'Q')) return false;
    return letters<4, 7>.parse(first, last, x3::unused, x3::unused, attribute);
  }
};

struct DoubledPrecedence : Terminal<DoubledPrecedence> {
  template <class Context, class RuleContext, class Attribute>
  bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext const&,
             Attribute& attribute) const {
    if (last - first < 2 || !is_doubled_precedence(View(first, 2))) return false;
    x3::traits::move_to(View(first, 2), attribute);
    first += 2;
    return true;
  }
};

constexpr Indicator ri{};
constexpr DoubledPrecedence pp{};

auto const strict = pp[set<&Part::precedence>] >> +(' ' >> ri[append<&Part::routing_indicators>]);
auto const strict_continuation = ri[append<&Part::routing_indicators>] >>
                                 *(' ' >> ri[append<&Part::routing_indicators>]);

constexpr bool is_filler(View group) {
  return (group.size() > 2 && same_letter(group)) || std::ranges::none_of(group, is_letter);
}

// "PPRUEHBI": not "RRUEHBI", which is an indicator by its form.
[[nodiscard]] bool is_glued_precedence(View group) {
  return group.size() >= 6 && !is_routing_indicator(group) && is_doubled_precedence(group.substr(0, 2)) &&
         is_routing_indicator(group.substr(2));
}

void read_indicators(View line, Message& message) {
  auto& indicators = message.routing_line.routing_indicators;
  while (!line.empty()) {
    auto const group = take_group(line);
    if (is_filler(group)) {
      note(message, Feature::routing_filler, group);
      continue;
    }
    if (!is_routing_indicator(group)) note(message, Feature::routing_indicator_odd, group);
    indicators.push_back(group);
  }
}

void read_tolerantly(View line, Message& message) {
  auto& part = message.routing_line;
  auto after = line;
  auto const first = take_group(after);
  if (is_glued_precedence(first)) {
    part.precedence = first.substr(0, 2);
    note(message, Feature::routing_precedence_odd, part.precedence);
    line = line.substr(2);
  } else if (first.size() <= 3 && !is_routing_indicator(first)) {
    part.precedence = first;
    if (!is_doubled_precedence(first)) note(message, Feature::routing_precedence_odd, first);
    line = after;
  } else {
    note(message, Feature::routing_precedence_odd, line.substr(0, 0));
  }
  read_indicators(line, message);
}

// BEL characters, which call the operator before a FLASH (ACP 127(G) 137.e, 151.b).
[[nodiscard]] View take_bell(View& line) {
  if (!line.starts_with('\a')) return {};
  auto const end = std::min(line.size(), line.find_first_not_of('\a'));
  auto const bell = line.substr(0, end);
  line = trim_left(line.substr(end));
  return bell;
}

// What rules want to know of the stations called, in one walk. Whether they are strictly rising, as State
// switches write them: then none can be repeated.
[[nodiscard]] bool look_at(std::vector<View> const& indicators, Message& message) {
  auto const web_drop = indicator_number("RUEHWEB");
  auto const own = indicator_number(message.origin.routing_indicator);
  auto const allotted = letters_of(message.conventions->nation_letters);
  bool rising = true, short_one = false, unallotted = false, own_called = false;
  bool web_copy = message.transmission_identification.channel == "XYZ";
  std::uint64_t before = 0;
  for (auto const indicator : indicators) {
    auto const number = indicator_number(indicator);
    rising &= before < number;
    web_copy |= number == web_drop;
    own_called |= number == own;
    short_one |= indicator.size() == 4;
    unallotted |=
        indicator.size() > 1 && indicator[0] == 'R' && (letters_of(indicator.substr(1, 1)) & allotted) == 0;
    before = number;
  }
  if (web_copy) note(message, Feature::web_copy);
  if (own_called) note(message, Feature::own_station_called);
  // In State headings four letters are what is left of a longer one.
  if (short_one) note(message, Feature::routing_indicator_odd);
  if (unallotted) note(message, Feature::nation_letter_odd);
  return rising;
}

// A line of bare indicators.
[[nodiscard]] bool continues(View line) {
  std::size_t groups = 0, indicators = 0;
  while (!line.empty()) {
    auto group = take_group(line);
    ++groups;
    if (group.ends_with('.')) group.remove_suffix(1);  // the end of an AUTODIN routing
    // Damaged ones count as long as they look like indicators at all.
    if (is_routing_indicator(group) || (group.size() >= 4 && group.size() <= 8 && all(Class::letter, group)))
      ++indicators;
  }
  return groups != 0 && 2 * indicators > groups;
}

}  // namespace

bool starts(View line) {
  std::ignore = take_bell(line);
  if (!is_doubled_precedence(line.substr(0, 2))) return false;
  auto const first = take_group(line);
  return first.size() == 2 && is_routing_indicator(take_group(line));
}

bool read_sound(View line, Message& message) {
  if (message.profile == Profile::acp126 || !is_doubled_precedence(line.substr(0, 2))) return false;
  if (reads(line, strict, message.routing_line)) return true;
  message.routing_line.precedence = {};
  message.routing_line.routing_indicators.clear();
  return false;
}

bool read_sound_continuation(View line, Message& message) {
  auto& indicators = message.routing_line.routing_indicators;
  auto const before = indicators.size();
  if (message.profile == Profile::janap128 || before >= max_routing_indicators) return false;
  if (reads(line, strict_continuation, message.routing_line)) return true;
  indicators.resize(before);
  return false;
}

bool may_be(View line) {
  std::ignore = take_bell(line);
  auto const first = take_group(line);
  if (is_doubled_precedence(first) || is_glued_precedence(first)) return true;
  return first.size() <= 3 ? continues(line) : continues(first);
}

Reading read(View line, Message& message) {
  if (is_autodin_header(line)) return read_autodin_header(line, message);
  if (message.profile == Profile::acp126 && is_call(line)) return read_call(line, message);
  auto& part = message.routing_line;
  part.bell = take_bell(line);
  if (reads(line, strict, part)) return Reading::whole;
  part.precedence = {};
  part.routing_indicators.clear();
  read_tolerantly(line, message);
  return Reading::tolerated;
}

std::optional<Reading> read_continuation(View line, Message& message) {
  if (read_sound_continuation(line, message)) return Reading::whole;
  if (!continues(line)) return std::nullopt;
  if (message.profile == Profile::janap128) return read_autodin_routing(line, message);
  if (message.routing_line.routing_indicators.size() >= max_routing_indicators) {
    note(message, Feature::limit_reached, line);
    return Reading::unread;
  }
  read_indicators(line, message);
  return Reading::tolerated;
}

void finish(Message& message) {
  finish_autodin_header(message);
  auto const& indicators = message.routing_line.routing_indicators;
  if (look_at(indicators, message)) return;
  if (!std::ranges::is_sorted(indicators)) note(message, Feature::routing_line_unsorted);
  std::vector<View> sorted(indicators);
  // Equal ones in order of place.
  std::ranges::sort(sorted, [](View a, View b) { return std::pair(a, a.data()) < std::pair(b, b.data()); });
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (sorted[i] == sorted[i - 1]) note(message, Feature::routing_indicator_repeated, sorted[i]);
}

std::string print(Precedence precedence, std::span<std::string const> routing_indicators) {
  constexpr View prosigns = " RPOZY";
  std::string text(2, prosigns[static_cast<std::size_t>(precedence)]);
  std::size_t column = text.size();
  bool first_of_line = false;
  for (auto const& indicator : routing_indicators) {
    if (column + 1 + indicator.size() > width) {
      text += '\n';
      column = 0;
      first_of_line = true;
    }
    if (!first_of_line) {
      text += ' ';
      ++column;
    }
    first_of_line = false;
    text += indicator;
    column += indicator.size();
  }
  return text;
}

}  // namespace torntape::grammar::fl02
