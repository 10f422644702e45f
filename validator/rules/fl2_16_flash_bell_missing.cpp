#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const& part = m.routing_line;
  if (!is_octet_capture(m) || part.precedence != "ZZ" || grammar::present(part.bell)) return;
  found.add(part.precedence.substr(0, 0), "no bell before the FLASH precedence")
      .suggest("ring the bell", {insert_before(part.precedence, "\a\a\a\a\a")});
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  if (m.profile != Profile::acp127 || !grammar::present(m.routing_line.precedence)) return false;
  if (grammar::present(m.preamble.info_precedence)) return false;  // FL2-17
  return draft.replace(m.routing_line.precedence, "ZZ") &&
         draft.replace(draft.message().preamble.precedence, "Z") &&
         draft.replace(draft.message().source, as_octet_capture(draft.message()));
}

}  // namespace

Rule fl2_16() {
  return {
      .id = "FL2-16",
      .name = "flash-bell-missing",
      .severities = "-W---",
      .kinds = "wire",
      .mend = Safety::safe,
      .when = has(Feature::flash),
      .check = check,
      .violate = violate,
      .page = {
          .what = "In the traffic of a circuit the bell rings before the prosign ZZ.",
          .why =
              "It calls the operator of the receiving station, who deals with a FLASH before anything else.",
          .citation = "ACP 127(G) 137.e, 151.b",
          .good = "VZCZCXRO093     \r\r\n"
                  "\a\a\a\a\aZZ RTCAQB\r\r\n"
                  "DE RTBAKV 115 2310941\r\r\n"
                  "ZNR UUUUU\r\r\n"
                  "Z 190938Z AUG 2009\r\r\n"
                  "FM AMEMBASSY KARSTOVA\r\r\n"
                  "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                  "BT\r\r\n"
                  "UNCLAS\r\r\n"
                  "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                  "BT\r\r\n"
                  "NNNN\r\r",
          .bad = "VZCZCXRO093     \r\r\n"
                 "ZZ RTCAQB\r\r\n"
                 "DE RTBAKV 115 2310941\r\r\n"
                 "ZNR UUUUU\r\r\n"
                 "Z 190938Z AUG 2009\r\r\n"
                 "FM AMEMBASSY KARSTOVA\r\r\n"
                 "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                 "BT\r\r\n"
                 "UNCLAS\r\r\n"
                 "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                 "BT\r\r\n"
                 "NNNN\r\r"}};
}

}  // namespace torntape::validator
