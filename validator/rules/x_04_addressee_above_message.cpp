#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

Precedence rank(View letters) {
  return letters.empty() ? Precedence::none : grammar::precedence_of_letter(letters.front());
}

// Where the routing line speaks for the addressee, FL5 is wrong; otherwise the word is.
void suggest_for(Message const& m, grammar::Addressee const& addressee, Finding& finding) {
  auto const own = rank(m.preamble.precedence);
  if (rank(m.routing_line.precedence) == addressee.precedence)
    finding.suggest("raise the precedence of the message",
                    {replace(m.preamble.precedence, letter_of(addressee.precedence))});
  else
    finding.suggest(own == Precedence::emergency_command ? std::string{} : std::string{name(own)});
}

void check(Message const& m, Site const&, Findings& found) {
  auto const own = rank(m.preamble.precedence);
  if (own == Precedence::none || m.preamble.precedence.size() != 1) return;
  for (auto const& addressee : m.addressees) {
    if (addressee.precedence <= own) continue;
    auto finding = found.add(addressee.precedence_word, fmt::format("addressee is {}, the message {} only",
                                                                    name(addressee.precedence), name(own)));
    finding.note(m.preamble.precedence, "precedence of the message");
    if (rank(m.routing_line.precedence) != own)
      finding.note(m.routing_line.precedence, "precedence of the routing line");
    suggest_for(m, addressee, finding);
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const own = rank(m.preamble.precedence);
  if (own != Precedence::routine && own != Precedence::priority) return false;
  std::vector<View> words;
  for (auto const& addressee : m.addressees)
    if (grammar::present(addressee.precedence_word)) words.push_back(addressee.precedence_word);
  return !words.empty() && draft.replace(random.one_of(words), random.pick("IMMEDIATE", "FLASH"));
}

}  // namespace

Rule x_04() {
  return {
      .id = "X-04",
      .name = "addressee-above-message",
      .severities = "E---E",
      .kinds = "all",
      .mend = Safety::unsafe,
      .silences = {"FL2-02"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "No addressee has a higher precedence than the message.",
          .why =
              "Relays send the message by the precedence of FL2 and FL5, and the addressee gets it too late.",
          .citation = "ACP 127(G) 152.a; observed in State headings 2001-2010",
          .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
          .bad = "INFO RTBAOS/AMEMBASSY OSTREVA IMMEDIATE 0311"}};
}

}  // namespace torntape::validator
