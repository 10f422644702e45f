#include <string>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

std::string without_slants(View group) {
  auto const begin = group.find_first_not_of('/');
  auto const end = group.find_last_not_of('/');
  return begin == View::npos ? std::string{} : std::string{group.substr(begin, end - begin + 1)};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::decorated_instruction, [&](View where) {
    found.add(where, "slants around a message instruction").suggest(without_slants(where));
  });
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().preamble.year, random.pick(" //ZEL//", " ///ZFR////", " /ZDK/"));
}

}  // namespace

Rule fl5_10() {
  return {.id = "FL5-10",
          .name = "decorated-instruction",
          .severities = "WWWWW",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::decorated_instruction),
          .check = check,
          .violate = violate,
          .page = {.what = "A message instruction stands without slants around it.",
                   .why = "A station that looks for the signal as a group of its own does not find it.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "P 190938Z AUG 09 ZEL",
                   .bad = "P 190938Z AUG 09 //ZEL//"}};
}

}  // namespace torntape::validator
