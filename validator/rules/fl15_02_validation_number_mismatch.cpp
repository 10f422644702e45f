#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const validation = m.end.validation_number;
  auto const serial = m.origin.station_serial_number;
  if (!grammar::present(validation) || serial.size() != 4 || !number_of(serial) || validation == serial)
    return;
  found.add(validation, fmt::format("validation number is {}, expected {}", validation, serial))
      .note(serial, "station serial number");
}

bool violate(Draft& draft, Random& random) {
  if (!grammar::present(draft.message().origin.station_serial_number)) return false;
  return draft.replace(draft.message().end.validation_number, random.pick("9999", "0001", "12"));
}

}  // namespace

Rule fl15_02() {
  return {.id = "FL15-02",
          .name = "validation-number-mismatch",
          .severities = "E-EE-",
          .kinds = "all",
          .when = has(Feature::validation_number),
          .check = check,
          .violate = violate,
          .page = {.what = "The validation number at the end is the station serial number of FL3.",
                   .why = "Where the two differ, the end of another message stands under this heading, or "
                          "part of this one is lost.",
                   .citation = "NAVEDTRA 14226",
                   .good = "#0512\n"
                           "NNNN",
                   .bad = "#0513\n"
                          "NNNN"}};
}

}  // namespace torntape::validator
