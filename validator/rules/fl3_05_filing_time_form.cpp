#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::filing_time_odd, [&](View time) {
    if (time.empty()) {
      found.add(time, "no blank between the station serial number and the time of file").suggest(" ");
      return;
    }
    bool const calendar = m.profile == Profile::acp127 || m.profile == Profile::acp126;
    found.add(time, fmt::format("time of file is `{}`, expected seven digits: day of the year and time{}",
                                time, calendar ? ", or the form 02/0009Z" : ""));
  });
}

bool violate(Draft& draft, Random& random) {
  auto const time = draft.message().origin.filing_time;
  if (!grammar::present(time)) return false;
  if (grammar::present(draft.message().origin.serial_mark) && random.below(3) == 0)
    return draft.erase(View{time.data() - 1, 1});
  return time.size() == 7 && draft.replace(time, random.pick(time.substr(1), time.substr(0, 5),
                                                             View{"23I0941"}, View{"23109411"}));
}

}  // namespace

Rule fl3_05() {
  return {.id = "FL3-05",
          .name = "filing-time-form",
          .severities = "EEE--",
          .kinds = "all",
          .mend = Safety::safe,
          .when = has(Feature::filing_time_odd),
          .check = check,
          .violate = violate,
          .page = {.what = "The time of file has seven digits: day of the year, hour, minute; base ACP 127 "
                           "also writes day, slant, time and Z.",
                   .why = "The time the message is under way is counted from it.",
                   .citation = "ACP 127(G) 115; observed in State headings 2001-2010",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAKV #0512/01 231941"}};
}

}  // namespace torntape::validator
