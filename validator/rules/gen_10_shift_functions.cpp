#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "grammar/alphabets/ita2.hpp"
#include "grammar/alphabets/tape.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"

namespace torntape::validator {

namespace {

namespace tape = grammar::tape;

constexpr char figs_combination = 0x1B;

// The filing time of a DE line in its Julian form; absent where there is none.
View julian_filing_time(Message const& m) {
  auto const& part = m.origin;
  bool const ends_line = grammar::present(part.de) && !grammar::present(part.rest);
  return ends_line && grammar::present(part.day_of_year) ? part.filing_time : View{};
}

void check_filing_time(Message const& m, Findings& found) {
  auto const filed = julian_filing_time(m);
  if (!grammar::present(filed)) return;
  auto const after = filed.substr(filed.size());
  if (m.capture->before(after).find(tape::ltrs) != View::npos) return;
  found.add(after, "no LTRS after the filing time")
      .suggest("send LTRS", {insert_after(filed, std::string{tape::ltrs})});
}

// The LTRS after the filing time is the last function before the warning.
void check_warning(Message const& m, Findings& found) {
  auto const warning = m.transmission_instructions.security_warning;
  if (!grammar::present(warning) || !grammar::present(julian_filing_time(m))) return;
  auto const between = m.capture->before(warning);
  if (between.empty()) return;
  found.add(between, "a function between the line end of FL3 and the security warning, expected none")
      .suggest("leave it out", {erase(between)});
}

// The bell rings by J and S, of which one prints nothing (ACP 127(G) 137.e).
bool rings(View all, std::size_t at) {
  auto const bell = all.find_last_not_of(tape::unprinted('S'), at);
  return bell != at && bell != View::npos && all[bell] == tape::bell;
}

// An upper case that prints nothing is a letter that has lost its shift; one finding a group.
void check_letters(Message const& m, Findings& found) {
  auto const all = m.capture->tape();
  for (std::size_t at = 0; at != all.size(); ++at) {
    if (!tape::is_high(all[at]) || rings(all, at)) continue;
    found.add(all.substr(at, 1), fmt::format("upper case of {} prints nothing, expected LTRS before letters",
                                             tape::low(all[at])));
    at = std::min(all.find_first_of(" \r\n", at), all.size() - 1);
  }
}

// Letters on the keys of figures, as a FIGS that is missing leaves them.
bool are_keys_of_figures(View group) {
  return group.size() >= 3 && group.find_first_not_of("QWERTYUIOP") == View::npos;
}

// "230" for "WEP": the same keys in the other case.
std::string in_figures(View letters, grammar::Alphabet alphabet) {
  std::string keys(1, tape::ltrs);
  keys.append(letters);
  std::string octets;
  grammar::ita2::Encoder{alphabet}.encode(keys, octets);
  octets.front() = figs_combination;
  std::string figures;
  grammar::ita2::Decoder{alphabet}.decode(octets, figures);
  return figures.substr(1);
}

void check_figures(Message const& m, View group, Findings& found) {
  if (!are_keys_of_figures(group)) return;
  found.add(group, fmt::format("letters where figures are due, expected FIGS before `{}`", group))
      .suggest("send FIGS", {replace(group, in_figures(group, m.capture->alphabet()))}, Safety::unsafe);
}

// Where FL1 and FL3 have figures, and read none.
void check_figures(Message const& m, Findings& found) {
  auto const& start = m.transmission_identification;
  if (start.sequence_number.empty() && start.channel.size() > 3)
    check_figures(m, start.channel.substr(3), found);
  for (auto rest = m.origin.rest; !rest.empty();) {
    auto const group = rest.substr(0, rest.find(' '));
    check_figures(m, group, found);
    rest.remove_prefix(std::min(rest.size(), group.size() + 1));
  }
}

void check(Message const& m, Site const&, Findings& found) {
  if (!m.capture || !grammar::is_ita2(m.capture->alphabet())) return;
  check_filing_time(m, found);
  check_warning(m, found);
  check_letters(m, found);
  check_figures(m, found);
}

bool violate(Draft& draft, Random& random) {
  auto const profile = draft.message().profile;
  bool const of_a_manual = profile != Profile::state && profile != Profile::acp126;
  if (!of_a_manual || !become_ita2_capture(draft)) return false;
  auto const& m = draft.message();
  auto const filed = julian_filing_time(m);
  if (!grammar::present(filed)) return false;
  if (random.below(2) == 0) return draft.erase(m.capture->before(filed.substr(filed.size())));
  auto const warning = m.transmission_instructions.security_warning;
  return draft.insert_before(warning, random.pick("\x0F", "\x0F\x0F"));
}

}  // namespace

Rule gen_10() {
  return {
      .id = "GEN-10",
      .name = "shift-functions",
      .severities = "-WWW-",
      .kinds = "wire",
      .mend = Safety::safe,
      .check = check,
      .violate = violate,
      .page = {.what = "On a tape of ITA2 FIGS stands before figures and LTRS before letters, LTRS after a "
                       "Julian filing time too, and nothing between the line end of FL3 and the security "
                       "warning of FL4.",
               .why = "A machine that missed a shift prints the warning in figures, and the relay that "
                      "looks for it at the start of the line does not find it.",
               .citation = "ACP 127(G) 138.g, 138.h",
               .good = "VZCZCXRO\x0E"
                       "093     \r\r\n\x0F"
                       "PP RTCAQB\r\r\n"
                       "DE RTBAKV \x0E"
                       "115 2310941\x0F\r\r\n"
                       "ZNR UUUUU\r\r\n"
                       "P \x0E"
                       "190938\x0FZ AUG \x0E"
                       "2009\x0F\r\r\n"
                       "FM AMEMBASSY KARSTOVA\r\r\n"
                       "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                       "BT\r\r\n"
                       "UNCLAS\r\r\n"
                       "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                       "BT\r\r\n\n\n\n\n\n\n\n"
                       "NNNN\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F",
               .bad = "VZCZCXRO\x0E"
                      "093     \r\r\n\x0F"
                      "PP RTCAQB\r\r\n"
                      "DE RTBAKV \x0E"
                      "115 2310941\r\r\n\x0F"
                      "ZNR UUUUU\r\r\n"
                      "P \x0E"
                      "190938\x0FZ AUG \x0E"
                      "2009\x0F\r\r\n"
                      "FM AMEMBASSY KARSTOVA\r\r\n"
                      "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                      "BT\r\r\n"
                      "UNCLAS\r\r\n"
                      "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                      "BT\r\r\n\n\n\n\n\n\n\n"
                      "NNNN\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F\x0F"}};
}

}  // namespace torntape::validator
