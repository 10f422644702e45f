#include "grammar/recognition.hpp"

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/fl03_calling_station/calling_station.hpp"
#include "grammar/fl05_preamble/preamble.hpp"
#include "grammar/fl06_originator/originator.hpp"
#include "grammar/lines.hpp"

namespace torntape::grammar {
namespace {

// Lines of a heading that are looked at, at most: FL2 of 500 indicators takes some sixty.
constexpr int lines_looked_at = 100;

// "XRO3820" of FL1, its start damaged or not, where the channel is one that only State uses so; otherwise
// absent.
[[nodiscard]] View state_channel(View line) {
  auto identification = take_group(line);
  if (identification.size() < 7) return {};
  identification.remove_prefix(identification.size() - 7);
  auto const channel = identification.substr(0, 3);
  bool const of_state = channel == "XYZ" || channel[2] == 'I' || channel[2] == 'O';
  bool const whole = all(Class::letter, channel) && all(Class::digit, identification.substr(3));
  return of_state && whole ? identification : View{};
}

[[nodiscard]] View agency_signal(View line) {
  constexpr View signal = "ZZH";
  if (!line.starts_with('Z')) return {};
  auto const at = line.find(signal);
  bool const alone = at != View::npos && (at == 0 || is_blank(line[at - 1]));
  return alone ? line.substr(at, signal.size()) : View{};
}

// The heading's lines as far as they have been looked at.
struct Witnesses {
  View channel, serial_mark, de, routing;
};

[[nodiscard]] RecognisedProfile of(Witnesses const& seen) {
  if (present(seen.channel)) return {Profile::state, ProfileReason::channel, seen.channel};
  if (present(seen.serial_mark)) return {Profile::acp127_us, ProfileReason::serial_mark, seen.serial_mark};
  if (present(seen.de)) return {Profile::acp127, ProfileReason::calling_station, seen.de};
  // ACP 126 calls stations by their call signs.
  if (present(seen.routing)) return {Profile::acp127, ProfileReason::calling_station, seen.routing};
  return {Profile::acp126, ProfileReason::no_station_lines, {}};
}

}  // namespace

RecognisedProfile recognise_profile(View heading) {
  Witnesses seen;
  for (int i = 0; i != lines_looked_at && !heading.empty(); ++i) {
    auto const line = readable(take_line(heading).text.substr(0, max_line_length));
    if (line.empty()) continue;
    if (i == 0) seen.channel = state_channel(line);
    if (fl02::is_autodin_header(line))
      return {Profile::janap128, ProfileReason::autodin_header, line.substr(0, line.find("--"))};
    if (i == 0 && line.size() > 40) {  // the line of FL2 joined to that of FL1
      auto joined = line;
      static_cast<void>(take_group(joined));
      if (fl02::is_autodin_header(joined))
        return {Profile::janap128, ProfileReason::autodin_header, joined.substr(0, joined.find("--"))};
    }
    // Nothing after FL2's first line can make it another profile.
    if (present(seen.channel) && i > 0) break;
    if (auto const signal = agency_signal(line); present(signal))
      return {Profile::state, ProfileReason::agency_signal, signal};
    if (!present(seen.de) && fl03::starts(line)) {
      seen.de = line.substr(0, line.find(' '));
      if (auto const mark = line.find('#'); mark != View::npos) seen.serial_mark = line.substr(mark, 1);
    }
    if (auto const at = fl03::joined(line); !present(seen.de) && at != View::npos)
      seen.de = line.substr(at, 2);
    if (!present(seen.routing) && fl02::starts(line)) seen.routing = line.substr(0, line.find(' '));
    if (fl05::starts(line) || fl06::starts(line)) break;
  }
  return of(seen);
}

CopyKind recognise_copy_kind(Message const& message) {
  auto const& identification = message.transmission_identification;
  if (!present(identification.start) && message.routing_line.routing_indicators.empty() &&
      !present(message.origin.routing_indicator) &&
      !present(message.transmission_instructions.security_warning))
    return CopyKind::abbreviated;
  return identification.channel == "XYZ" ? CopyKind::web : CopyKind::relay;
}

}  // namespace torntape::grammar
