#include <vector>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& addressee : m.addressees)
    if (addressee.precedence == Precedence::routine && addressee.precedence_word == "ROUTINE")
      found.add(addressee.precedence_word, "ROUTINE is written out");
}

bool violate(Draft& draft, Random& random) {
  std::vector<View> names;
  for (auto const& addressee : draft.message().addressees)
    if (!grammar::present(addressee.precedence_word)) names.push_back(addressee.plain_language_address);
  return !names.empty() && draft.insert_after(random.one_of(names), " ROUTINE");
}

}  // namespace

Rule fl7_09() {
  return {
      .id = "FL7-09",
      .name = "routine-written",
      .severities = "IIIII",
      .kinds = "all",
      .when = has(Feature::routine_word),
      .check = check,
      .violate = violate,
      .page = {
          .what =
              "An addressee without a precedence word is ROUTINE; the word itself is legal but not in use.",
          .why = "Programs that read State headings may never have met the word.",
          .citation = "observed in State headings 2001-2010",
          .good = "INFO RTBAOS/AMEMBASSY OSTREVA 0311",
          .bad = "INFO RTBAOS/AMEMBASSY OSTREVA ROUTINE 0311"}};
}

}  // namespace torntape::validator
