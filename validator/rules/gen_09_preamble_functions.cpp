#include <string>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

constexpr View start_of_message = "     ";

// The last identification of the line: that of the oldest leg.
View identification(Message const& m) {
  auto const& part = m.transmission_identification;
  if (grammar::present(part.rest)) return {};
  return grammar::present(part.earlier) ? part.earlier : part.sequence_number;
}

// What follows it on its line, the security prosign left out.
View after_identification(Message const& m) {
  auto const last = identification(m);
  if (!grammar::present(last)) return {};
  auto const prosign = m.transmission_identification.security_prosign;
  auto const line = m.lines[line_index(m, last)].text;
  auto const until = grammar::present(prosign) ? prosign.substr(0, 0) : line.substr(line.size());
  return stretch(last.substr(last.size()), until);
}

void check_spaces(View blanks, Findings& found) {
  if (blanks == start_of_message) return;
  found
      .add(blanks, fmt::format("{} {} after the transmission identification, expected 5", blanks.size(),
                               blanks.size() == 1 ? "space" : "spaces"))
      .suggest("write 5 spaces", {replace(blanks, std::string{start_of_message})});
}

// Letters or blanks run through the machine, more than the shifts that are needed.
void check_feed_out(Message const& m, View blanks, Findings& found) {
  constexpr std::size_t shifts = 2;
  auto const feed = m.capture->before(blanks);
  if (feed.size() <= shifts) return;
  found.add(feed, "tape feed-out after the transmission identification, expected none")
      .suggest("leave it out", {erase(feed)});
}

void check(Message const& m, Site const&, Findings& found) {
  if (!is_octet_capture(m)) return;
  auto const blanks = after_identification(m);
  if (!grammar::present(blanks)) return;
  check_spaces(blanks, found);
  if (m.capture) check_feed_out(m, blanks, found);
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (m.profile != Profile::acp127 || !grammar::present(m.transmission_identification.sequence_number))
    return false;
  if (m.preamble.precedence == "Z" || m.routing_line.precedence == "ZZ") return false;  // it has no bell
  if (!draft.replace(m.source, as_octet_capture(m))) return false;
  auto const blanks = after_identification(draft.message());
  return random.below(2) == 0 ? draft.erase(blanks.substr(1)) : draft.insert_after(blanks, "  ");
}

}  // namespace

Rule gen_09() {
  return {
      .id = "GEN-09",
      .name = "preamble-functions",
      .severities = "-E---",
      .kinds = "wire",
      .mend = Safety::safe,
      .check = check,
      .violate = violate,
      .page = {
          .what = "In the traffic of a circuit five spaces and, where there is one, the security prosign "
                  "follow the transmission identification.",
          .why = "These functions start the message: a relay finds by them where the identification ends.",
          .citation = "ACP 127(G) 126, 138.a",
          .good = "VZCZCXRO093     \r\r\n"
                  "PP RTCAQB\r\r\n"
                  "DE RTBAKV 115 2310941\r\r\n"
                  "ZNR UUUUU\r\r\n"
                  "P 190938Z AUG 2009\r\r\n"
                  "FM AMEMBASSY KARSTOVA\r\r\n"
                  "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                  "BT\r\r\n"
                  "UNCLAS\r\r\n"
                  "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                  "BT\r\r\n"
                  "NNNN\r\r",
          .bad = "VZCZCXRO093 \r\r\n"
                 "PP RTCAQB\r\r\n"
                 "DE RTBAKV 115 2310941\r\r\n"
                 "ZNR UUUUU\r\r\n"
                 "P 190938Z AUG 2009\r\r\n"
                 "FM AMEMBASSY KARSTOVA\r\r\n"
                 "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                 "BT\r\r\n"
                 "UNCLAS\r\r\n"
                 "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                 "BT\r\r\n"
                 "NNNN\r\r"}};
}

}  // namespace torntape::validator
