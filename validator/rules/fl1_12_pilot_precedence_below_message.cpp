#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

Precedence precedence_of(View prosign) {
  return prosign.empty() ? Precedence::none : grammar::precedence_of_letter(prosign.front());
}

void check(Message const& m, Site const&, Findings& found) {
  auto const of_message = precedence_of(m.routing_line.precedence);
  for (auto const& pilot : m.pilots) {
    auto const own = precedence_of(pilot.precedence);
    if (own != Precedence::none && own < of_message)
      found.add(pilot.precedence, fmt::format("pilot is {}, the message {}", name(own), name(of_message)))
          .note(m.routing_line.precedence, "precedence of the message");
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (!m.pilots.empty() || m.routing_line.precedence != "PP") return false;
  auto const* const first = line_of(m, FormatLine::fl2);
  return draft.insert_before(first->text, "RR RTDASL\nZOV RTBA\nABO093\n");
}

}  // namespace

Rule fl1_12() {
  return {
      .id = "FL1-12",
      .name = "pilot-precedence-below-message",
      .severities = "-IIII",
      .kinds = "all",
      .when = has(Feature::piloted),
      .check = check,
      .violate = violate,
      .page = {
          .what = "A pilot has the precedence of the message under it; only one towards information "
                  "addressees may have a lower one.",
          .why = "The transmission waits in the queue of the pilot's precedence, whatever the message says.",
          .citation = "ACP 127(G) 152.d, 426.e",
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
                 "RR RTDASL\n"
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
                 "NNNN"}};
}

}  // namespace torntape::validator
