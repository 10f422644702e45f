#include <algorithm>
#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// Small letters and control characters are findings of their own (GEN-02, GEN-07).
bool is_foreign(char c) {
  auto const lower = c >= 'a' && c <= 'z';
  auto const plain =
      (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || View{" /-:().&,'"}.find(c) != View::npos;
  auto const control = (c >= 0 && c < ' ') || c == '\x7f';
  return !lower && !plain && !control;
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    auto const at = std::ranges::find_if(name, is_foreign);
    if (at == name.end()) continue;
    auto const end = std::find_if_not(at, name.end(), is_foreign);
    found.add(name.substr(static_cast<std::size_t>(at - name.begin()), static_cast<std::size_t>(end - at)),
              "character that no plain language address has");
  }
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> names;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.starts_with("AM")) names.push_back(addressee.plain_language_address);
  if (names.empty()) return false;
  auto const name = random.one_of(names);
  return draft.replace(name.substr(name.size() - 2, 1), random.pick("=", "%", "+", "@"));
}

}  // namespace

Rule fl7_25() {
  return {.id = "FL7-25",
          .name = "plad-character",
          .severities = "WWWWW",
          .kinds = "all",
          .when = has(Feature::foreign_character),
          .silences = {"GEN-01", "FL7-26", "FL7-27"},
          .check = check,
          .violate = violate,
          .page = {.what = "A plain language address has letters, digits, blanks and / - : ( ) . & , ' only.",
                   .why = "A teletypewriter prints nothing for any other character, and the name no longer "
                          "matches the one that is listed.",
                   .citation = "ACP 127(G) 140; observed in State headings 2001-2010",
                   .good = "INFO RUEHUL/AMEMBASSY SEOUL PRIORITY 0866",
                   .bad = "INFO RUEHUL/AMEMBASSY SE=UL PRIORITY 0866"}};
}

}  // namespace torntape::validator
