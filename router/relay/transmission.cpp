#include "router/relay/transmission.hpp"

#include <algorithm>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/fl16_end/cancellation.hpp"

namespace torntape::relay {

namespace {

using grammar::FormatLine;
using grammar::Line;
using grammar::Message;
using grammar::Precedence;
using grammar::Reading;

// The lines a relay makes anew: FL1 and FL2. Of a message under a pilot they are FL1 and the pilot's own
// routing line; what the pilot says, and the heading as it was received, go on as they are.
bool is_renewed(TransmissionHead const& head, Message const& message, Line const& line) {
  if (line.reading == Reading::outside) return true;
  if (head.rerouted) return false;
  if (message.pilots.empty())
    return line.format_line == FormatLine::fl1 || line.format_line == FormatLine::fl2;
  auto const& pilot = message.pilots.front();
  auto const says =
      grammar::present(pilot.security_warning) ? pilot.security_warning : pilot.operating_signal;
  return line.text.data() + line.text.size() <= says.data();
}

// Lines end as the message ends its own.
std::string_view line_end(TransmissionHead const& head, Message const& message) {
  for (auto const& line : message.lines)
    if (!is_renewed(head, message, line) && !line.ending.empty()) return line.ending;
  return "\n";
}

std::string with_ends(std::string_view text, std::string_view end) {
  std::string out;
  for (auto const c : text)
    if (c == '\n')
      out += end;
    else
      out += c;
  return out;
}

// "ZNY CCCCC ZOV RTAA": what goes on is classified as the message is (ACP 127(G) 426.e).
std::string misroute_pilot(TransmissionHead const& head, Message const& message) {
  auto const& instructions = message.transmission_instructions;
  std::string line;
  if (!instructions.designator.empty())
    line.append(instructions.security_warning).append(" ").append(instructions.designator).append(" ");
  return line.append("ZOV ").append(head.here).append("\n");
}

// Appends what is from FL3 to NNNN, byte for byte.
void add_untouched(TransmissionHead const& head, Message const& message, std::string_view end,
                   std::string& out) {
  auto const& lines = message.lines;
  auto const first =
      std::ranges::find_if_not(lines, [&](Line const& line) { return is_renewed(head, message, line); });
  auto const is_end = [](Line const& line) { return line.reading != Reading::outside; };
  auto const last = std::find_if(lines.rbegin(), lines.rend(), is_end).base();
  if (first < last) {  // no byte lies between two lines
    auto const& end_of_all = std::prev(last)->ending;
    out.append(first->text.data(), end_of_all.data() + end_of_all.size());
  }
  if (first < last && !out.ends_with('\n')) out += end;
  if (!grammar::present(message.end.nnnn)) out.append("NNNN").append(end);
}

}  // namespace

std::string_view first_lines(std::string_view transmission) {
  auto const origin = transmission.find("\nDE ");
  auto const last = origin == std::string_view::npos ? 0 : origin + 1;
  return transmission.substr(0, transmission.find('\n', last));
}

bool cancelled(Message const& message) { return grammar::present(grammar::fl16::cancellation(message)); }

Precedence routing_precedence(Message const& message) {
  for (auto const letters : {message.preamble.precedence, message.routing_line.precedence})
    if (!letters.empty() && grammar::precedence_of_letter(letters.front()) != Precedence::none)
      return grammar::precedence_of_letter(letters.front());
  return Precedence::routine;
}

std::string transmission(TransmissionHead const& head, Message const& message) {
  auto const routing_line = grammar::fl02::print(head.precedence, head.called) + '\n';
  auto lines = "VZCZC" + head.identification + '\n' + routing_line;
  if (!head.sent_before_as.empty())
    lines += "ZFD " + head.here + "\nVZCZC" + head.sent_before_as + '\n' + routing_line;
  if (head.rerouted) lines += misroute_pilot(head, message);
  auto const end = line_end(head, message);
  auto out = with_ends(lines, end);
  out.reserve(out.size() + message.source.size());
  add_untouched(head, message, end, out);
  return out;
}

}  // namespace torntape::relay
