#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (m.preamble.time == "0000") found.add(m.preamble.time, "time of midnight, which may be of either day");
}

// Filed at once.
bool violate(Draft& draft, Random&) {
  auto const written = draft.message().preamble.time;
  if (written == "0000" || !draft.replace(written, "0000")) return false;
  if (auto const time = draft.message().origin.time_of_file; grammar::present(time))
    draft.replace(time, "0003");
  return true;
}

}  // namespace

Rule fl5_08() {
  return {.id = "FL5-08",
          .name = "midnight-time",
          .severities = "-IIII",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "A date-time group of midnight is avoided; 0001 or 2359 is written.",
                   .why = "Read aloud or copied by hand, midnight is taken for that of the day before.",
                   .citation = "U.S. service manuals",
                   .good = "DE RTBAKV 115B 2310003\n"
                           "ZNR UUUUU\n"
                           "P 190001Z AUG 2009",
                   .bad = "DE RTBAKV 115B 2310003\n"
                          "ZNR UUUUU\n"
                          "P 190000Z AUG 2009"}};
}

}  // namespace torntape::validator
