#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

unsigned pairs_of_slants(View name) {
  unsigned count = 0;
  for (auto at = name.find("//"); at != View::npos; at = name.find("//", at + 2)) ++count;
  return count;
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees) {
    auto const name = addressee.plain_language_address;
    if (pairs_of_slants(name) % 2 == 0) continue;
    auto const open = name.substr(name.rfind("//"));
    auto finding = found.add(open, "office symbol is not closed by two slants");
    // "//OSD-P /", a name broken at its slants: nobody can tell where the symbol ends.
    bool const plain = open.size() > 2 && open.find(' ') == View::npos && !open.ends_with('/');
    if (plain) finding.suggest("insert `//`", {insert_after(name, "//")});
  }
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> names;
  for (auto const& addressee : draft.message().addressees)
    if (addressee.plain_language_address.find('/') == View::npos &&
        !addressee.plain_language_address.starts_with("AIG"))
      names.push_back(addressee.plain_language_address);
  if (names.empty()) return false;
  auto const name = random.one_of(names);  // one draw after the other: arguments have no order
  return draft.insert_after(name, random.pick("//J3", "//POL"));
}

}  // namespace

Rule fl7_16() {
  return {.id = "FL7-16",
          .name = "office-symbol-unclosed",
          .severities = "IIIII",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::open_office_symbol, Feature::address_continued),
          .check = check,
          .violate = violate,
          .page = {.what = "Office symbols stand between two pairs of slants.",
                   .why = "Where the second pair is missing the end of the symbols is left to the reader.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "INFO RUEKJCS/JOINT STAFF WASHDC//J3// PRIORITY",
                   .bad = "INFO RUEKJCS/JOINT STAFF WASHDC//J3 PRIORITY"}};
}

}  // namespace torntape::validator
