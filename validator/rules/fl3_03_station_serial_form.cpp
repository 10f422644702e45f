#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"

namespace torntape::validator {

namespace {

View expected(Profile profile) {
  if (profile == Profile::acp126) return "one to four digits";
  return profile == Profile::acp127 ? "one to four digits and maybe a letter" : "four digits";
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::serial_odd, [&](View serial) {
    if (serial.empty())
      found.add(serial, "station serial number is missing after its mark");
    else
      found.add(serial,
                fmt::format("station serial number is `{}`, expected {}", serial, expected(m.profile)));
  });
}

bool violate(Draft& draft, Random& random) {
  if (!draft.message().page_marks.empty()) return false;  // they name the station and its serial too
  auto const serial = draft.message().origin.station_serial_number;
  auto const four_due = draft.message().profile != Profile::acp127;
  return four_due && serial.size() == 4 &&
         draft.replace(serial, random.pick(serial.substr(1), serial.substr(0, 2), View{"05O2"}));
}

}  // namespace

Rule fl3_03() {
  return {.id = "FL3-03",
          .name = "station-serial-form",
          .severities = "EEE-W",
          .kinds = "all",
          .when = has(Feature::serial_odd),
          .silences = {"FL15-02", "X-08"},
          .check = check,
          .violate = violate,
          .page = {.what = "The station serial number has four digits after its mark #; base ACP 127 has one "
                           "to four digits and a letter for the position in the station.",
                   .why = "Station, serial and time of file identify the message: with a damaged serial it "
                          "cannot be asked for again.",
                   .citation = "ACP 127(G) 129; NAVEDTRA 14226; observed in State headings 2001-2010",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAKV #512/01 2310941"}};
}

}  // namespace torntape::validator
