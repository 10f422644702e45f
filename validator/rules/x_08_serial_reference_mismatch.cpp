#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/series.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  auto const serial = number_of(m.origin.station_serial_number);
  auto const reference = number_of(m.text.message_reference_number);
  if (!serial || !reference || m.origin.station_serial_number.size() != 4) return;
  if (*reference % 10000 == *serial || is_of_a_party(m.text.station)) return;
  found
      .add(m.text.message_reference_number,
           fmt::format("message reference number ends in {:04}, expected {:04}", *reference % 10000, *serial))
      .note(m.origin.station_serial_number, "station serial number");
}

bool violate(Draft& draft, Random& random) {
  auto const reference = draft.message().text.message_reference_number;
  if (reference.size() != 6 || !grammar::present(draft.message().origin.station_serial_number)) return false;
  return draft.replace(reference, random.pick("009991", "001400", "000001"));
}

}  // namespace

Rule x_08() {
  return {.id = "X-08",
          .name = "serial-reference-mismatch",
          .severities = "W----",
          .kinds = "all",
          .when = has(Feature::reference_differs),
          .check = check,
          .violate = violate,
          .page = {.what = "The station serial number of FL3 is the message reference number, modulo 10000.",
                   .why = "Where they differ the text of another telegram may stand under this heading.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512",
                   .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000514"}};
}

}  // namespace torntape::validator
