#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr View niact = "NIACT";

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    if (addressee.night_action && addressee.kind == AddresseeKind::info)
      found.add(addressee.precedence_word.substr(0, niact.size()),
                "NIACT for an information addressee, expected for action only");
    else if (name.ends_with(" NIACT"))
      found.add(name.substr(name.size() - niact.size()),
                fmt::format("NIACT before {}, expected IMMEDIATE", grammar::present(addressee.precedence_word)
                                                                       ? addressee.precedence_word
                                                                       : View{"no precedence"}));
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const letter = m.preamble.precedence;
  // Below IMMEDIATE the word would rank above the message.
  if (letter != "O" && letter != "Z") return false;
  std::vector<View> words;
  for (auto const& addressee : m.addressees)
    if (addressee.kind == AddresseeKind::info && grammar::present(addressee.precedence_word))
      words.push_back(addressee.precedence_word);
  return !words.empty() && draft.replace(random.one_of(words), "NIACT IMMEDIATE");
}

}  // namespace

Rule fl7_10() {
  return {.id = "FL7-10",
          .name = "night-action-on-info",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::night_action),
          .check = check,
          .violate = violate,
          .page = {.what = "NIACT stands before IMMEDIATE only, and for action addressees only.",
                   .why = "It calls an officer to the post at night; nobody is called for a copy that asks "
                          "for no action.",
                   .citation = "5 FAH-2 H-420; observed in State headings 2001-2010",
                   .good = "OO RUEHBI RUEHCI\n"
                           "DE RTBAKV #0512/01 2310941\n"
                           "ZNY CCCCC ZZH\n"
                           "O 190938Z AUG 09\n"
                           "FM AMEMBASSY KARSTOVA\n"
                           "TO RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 1284\n"
                           "INFO RTBAOS/AMEMBASSY OSTREVA IMMEDIATE 0311",
                   .bad = "OO RUEHBI RUEHCI\n"
                          "DE RTBAKV #0512/01 2310941\n"
                          "ZNY CCCCC ZZH\n"
                          "O 190938Z AUG 09\n"
                          "FM AMEMBASSY KARSTOVA\n"
                          "TO RUEHC/SECSTATE WASHDC IMMEDIATE 1284\n"
                          "INFO RTBAOS/AMEMBASSY OSTREVA NIACT IMMEDIATE 0311"}};
}

}  // namespace torntape::validator
