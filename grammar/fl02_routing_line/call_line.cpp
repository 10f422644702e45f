#include "grammar/fl02_routing_line/call_line.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "grammar/characters.hpp"

namespace torntape::grammar::fl02 {
namespace {

// The parts as they stand; what is lost is absent.
struct Call {
  View called;  // all of them
  View de;      // "DE", or what stands for it
  View calling;
  View nr;  // "NR", or what stands for it
  View number;
  View rest;
};

[[nodiscard]] bool is_call_sign(View group) {
  auto const of_sign = [](char c) { return is_letter(c) || is_digit(c); };
  return group.size() >= 3 && group.size() <= 7 && is_letter(group.front()) &&
         std::ranges::all_of(group, of_sign);
}

[[nodiscard]] bool are_call_signs(View line) {
  bool any = false;
  while (!line.empty()) {
    if (!is_call_sign(take_group(line))) return false;
    any = true;
  }
  return any;
}

// Digits, or one letter among them.
[[nodiscard]] bool may_be_number(View group) {
  if (group.empty() || group.size() > 5) return false;
  return std::ranges::count_if(group, is_digit) + 1 >= static_cast<std::ptrdiff_t>(group.size()) &&
         std::ranges::any_of(group, is_digit);
}

[[nodiscard]] bool is_near_prosign(View group, View prosign) {
  return group.size() <= 3 && all(Class::letter, group) && edit_distance(group, prosign) <= 1;
}

// What follows the calling station: "NR 123", "N 123", "123", nothing.
void read_number(View line, Call& call) {
  if (line.empty()) return;
  auto after = line;
  auto const first = take_group(after);
  auto const second = after.substr(0, after.find(' '));
  // "NR123": the blank is lost.
  if (first.starts_with("NR") && first.size() > 2 && may_be_number(first.substr(2))) {
    call.nr = first.substr(0, 2);
    call.number = first.substr(2);
    if (!after.empty()) call.rest = after;
    return;
  }
  if (is_near_prosign(first, "NR") && (first == "NR" || may_be_number(second))) {
    call.nr = first;
    line = after;
  }
  bool const figures = std::ranges::all_of(line, [](char c) { return is_digit(c) || is_blank(c); });
  if (figures && line.size() <= 5 && !line.empty())
    call.number = std::exchange(line, View{});  // a blank may be inside
  else if (may_be_number(line.substr(0, line.find(' '))))
    call.number = take_group(line);
  if (!line.empty()) call.rest = line;
}

// Where DE, or a group one step from it, stands: npos where there is none.
[[nodiscard]] std::size_t find_prosign(View line) {
  if (auto const exact = line.find(" DE "); exact != View::npos) return exact + 1;
  for (auto blank = line.find(' '); blank != View::npos; blank = line.find(' ', blank + 1)) {
    auto const group = line.substr(blank + 1, line.find(' ', blank + 1) - blank - 1);
    if (!group.empty() && is_near_prosign(group, "DE") && is_near_prosign("DE", group)) return blank + 1;
  }
  return View::npos;
}

[[nodiscard]] std::optional<Call> with_prosign(View line) {
  auto const at = find_prosign(line);
  if (at == View::npos) return std::nullopt;
  Call call;
  call.called = trim_right(line.substr(0, at));
  line = line.substr(at);
  call.de = take_group(line);
  call.calling = take_group(line);
  read_number(line, call);
  return are_call_signs(call.called) && is_call_sign(call.calling) ? std::optional{call} : std::nullopt;
}

// "NABC NDEF NXYZ NR 123", "NABC DENXYZ NR 123": the prosign is lost or glued, the number tells the line.
[[nodiscard]] std::optional<Call> without_prosign(View line) {
  auto const nr = line.find(" NR ");
  if (nr == View::npos) return std::nullopt;
  Call call;
  read_number(line.substr(nr + 1), call);
  auto called = trim_right(line.substr(0, nr));
  call.calling = take_last_group(called);
  if (call.calling.starts_with("DE") && is_call_sign(call.calling.substr(2))) {
    call.de = call.calling.substr(0, 2);
    call.calling.remove_prefix(2);
  } else if (called.ends_with("DE") && called.size() > 4) {
    call.de = called.substr(called.size() - 2);
    called.remove_suffix(2);
  }
  call.called = called;
  return present(call.number) && are_call_signs(called) && is_call_sign(call.calling) ? std::optional{call}
                                                                                      : std::nullopt;
}

[[nodiscard]] std::optional<Call> parts_of(View line) {
  if (auto call = with_prosign(line)) {
    // Without its number, or with a damaged DE, more must not follow: it would be any line of words.
    bool const sure = present(call->number) || (call->de == "DE" && !present(call->rest));
    if (sure) return call;
  }
  return without_prosign(line);
}

// A prosign that is lost, glued or damaged.
void look_at_station(Call const& call, Message& message) {
  bool const alone = call.de.data() + call.de.size() != call.calling.data() &&
                     call.called.data() + call.called.size() != call.de.data();
  if (!present(call.de))
    note(message, Feature::calling_station_missing, call.calling.substr(0, 0));
  else if (call.de != "DE" || !alone)
    note(message, Feature::calling_station_missing, call.de);
}

void look_at_number(Call const& call, Message& message) {
  bool const glued = present(call.number) && call.nr.data() + call.nr.size() == call.number.data();
  if (present(call.nr) && (call.nr != "NR" || glued))
    note(message, Feature::serial_missing, call.nr);
  else if (!present(call.nr) && present(call.number))
    note(message, Feature::serial_missing, call.number.substr(0, 0));
  else if (!present(call.number))
    note(message, Feature::serial_missing, call.calling.substr(call.calling.size()));
  if (present(call.number) && (call.number.size() > 4 || !all(Class::digit, call.number)))
    note(message, Feature::serial_odd, call.number);
  if (present(call.rest)) note(message, Feature::calling_station_rest, call.rest);
}

}  // namespace

bool is_call(View line) { return parts_of(line).has_value(); }

bool is_numbered_call(View line) {
  if (line.find(" DE ") == View::npos) return false;
  auto const call = parts_of(line);
  return call && call->nr == "NR" && present(call->number) && !present(call->rest);
}

Reading read_call(View line, Message& message) {
  auto const call = parts_of(line);
  if (!call) return Reading::unread;
  auto const odd_before = message.oddities.size();
  auto& origin = message.origin;
  for (auto called = call->called; !called.empty();)
    message.routing_line.routing_indicators.push_back(take_group(called));
  origin.de = call->de;
  origin.routing_indicator = call->calling;
  origin.station_serial_number = call->number;
  origin.rest = call->rest;
  look_at_station(*call, message);
  look_at_number(*call, message);
  return message.oddities.size() == odd_before ? Reading::whole : Reading::tolerated;
}

}  // namespace torntape::grammar::fl02
