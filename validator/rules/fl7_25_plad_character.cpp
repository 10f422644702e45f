#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

// Characters that a terminal sends, but no name has. Those that none sends are GEN-01.
void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::name_character_odd,
       [&](View where) { found.add(where, fmt::format("`{}` stands in no plain language address", where)); });
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> names;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.starts_with("AM")) names.push_back(addressee.plain_language_address);
  if (names.empty()) return false;
  auto const name = random.one_of(names);
  // ITA2 has but one of them (GEN-01).
  bool const ita2 = draft.message().conventions->tape_set == grammar::TapeSet::ita2;
  return draft.replace(name.substr(name.size() - 2, 1), ita2 ? "?" : random.pick(";", "?", "!", "$"));
}

}  // namespace

Rule fl7_25() {
  return {.id = "FL7-25",
          .name = "plad-character",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::name_character_odd),
          .silences = {"FL7-26", "FL7-27"},
          .check = check,
          .violate = violate,
          .page = {.what = "A plain language address has letters, digits, blanks and / - : ( ) . & , ' only.",
                   .why = "A teletypewriter prints nothing, or something else, for any other character, and "
                          "the name no longer "
                          "matches the one that is listed.",
                   .citation = "ACP 127(G) 140; observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL/AMEMBASSY SE;UL PRIORITY 0866"}};
}

}  // namespace torntape::validator
