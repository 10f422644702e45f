#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::serial_mark_missing, [&](View place) {
    auto finding = found.add(place, "mark # is missing before the station serial number");
    // "0#123": the mark is there, out of its place.
    if (m.origin.station_serial_number.find('#') == View::npos)
      finding.suggest("insert #", {insert_before(place, "#")});
  });
}

bool violate(Draft& draft, Random&) { return draft.erase(draft.message().origin.serial_mark); }

}  // namespace

Rule fl3_04() {
  return {
      .id = "FL3-04",
      .name = "serial-mark-missing",
      .severities = "E-E--",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::serial_mark_missing),
      .check = check,
      .violate = violate,
      .page = {
          .what = "The mark # stands before the station serial number.",
          .why =
              "U.S. switches find the serial by its mark; without it they take the group for something else.",
          .citation = "NAVEDTRA 14226; observed in State headings 2001-2010",
          .good = "DE RTBAKV #0512/01 2310941",
          .bad = "DE RTBAKV 0512/01 2310941"}};
}

}  // namespace torntape::validator
