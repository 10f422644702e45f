#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

using grammar::Pilot;
using grammar::present;

// Where a pilot reroutes (ZOV), the station that does so is named.
bool names_its_station(Pilot const& pilot) {
  return pilot.operating_signal != "ZOV" || present(pilot.routing_indicator);
}

// Q signals have a rule of their own (FL1-10).
bool is_signal_of_a_pilot(View signal) {
  return signal == "ZOV" || signal == "ZFD" || signal == "ZDG" || signal == "ZEL" || signal.starts_with('Q');
}

void check_signal(Message const& m, Pilot const& pilot, Findings& found) {
  auto const signal = pilot.operating_signal;
  auto const behind = signal.data() + signal.size();
  if (!is_signal_of_a_pilot(signal))
    found.add(signal, fmt::format("`{}` is no signal of a pilot, expected ZOV, ZFD, ZDG or ZEL", signal));
  else if (pilot.routing_indicator.data() == behind)
    found.add(pilot.routing_indicator.substr(0, 0), "no blank behind the signal of the pilot");
  else if (present(pilot.routing_indicator) && pilot.routing_indicator.data() < signal.data())
    found.add(pilot.routing_indicator, "routing indicator before the signal of the pilot")
        .note(signal, "the signal");
  else if (m.lines[line_index(m, signal)].reading == grammar::Reading::tolerated)
    found.add(signal.substr(signal.size()),
              "expected a routing indicator, or T and designators, after the signal");
  else if (!names_its_station(pilot))
    found.add(signal.substr(signal.size()), "no routing indicator of the station that made the pilot");
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& pilot : m.pilots) {
    if (pilot.routing_indicators.empty())
      found.add(pilot.precedence, "pilot calls no station");
    else
      check_signal(m, pilot, found);
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!present(m.routing_line.precedence) || !m.pilots.empty() || m.routing_line.precedence.size() != 2)
    return false;
  auto const line = random.pick("RTBA ZOV", "ZOV", "ZOV RTBA RTCA");
  auto const* const first = line_of(m, FormatLine::fl2);
  return draft.insert_before(first->text,
                             fmt::format("{} RTDASL\n{}\nABO093\n", m.routing_line.precedence, line));
}

}  // namespace

Rule fl1_11() {
  return {.id = "FL1-11",
          .name = "pilot-form",
          .severities = "-WWW-",
          .kinds = "all",
          .when = has(Feature::piloted),
          .check = check,
          .violate = violate,
          .page = {.what = "A pilot has a routing line, and then a line of its signal, the indicator of the "
                           "station that made it and, after T, those to transmit to.",
                   .why = "A relay routes by the pilot in place of the heading under it; it must find there "
                          "what it finds in a heading.",
                   .citation = "ACP 127(G) 420.g, 426.e, 427.a",
                   .good = "VZCZCXRO014\n"
                           "PP RTDASL\n"
                           "ZOV RTBA\n"
                           "ABO093\n"
                           "PP RTCAQB\n"
                           "DE RTBAKV 115 2310941\n"
                           "ZNR UUUUU\n"
                           "P 190938Z AUG 2009\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RTCAQB/AMEMBASSY QALARABAD\n"
                           "BT\n"
                           "UNCLAS\n"
                           "THE CLOCK IS RIGHT AGAIN.\n"
                           "BT\n"
                           "NNNN",
                   .bad = "VZCZCXRO014\n"
                          "PP RTDASL\n"
                          "RTBA ZOV\n"
                          "ABO093\n"
                          "PP RTCAQB\n"
                          "DE RTBAKV 115 2310941\n"
                          "ZNR UUUUU\n"
                          "P 190938Z AUG 2009\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RTCAQB/AMEMBASSY QALARABAD\n"
                          "BT\n"
                          "UNCLAS\n"
                          "THE CLOCK IS RIGHT AGAIN.\n"
                          "BT\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
