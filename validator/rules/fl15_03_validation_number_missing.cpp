#include <fmt/format.h>

#include "grammar/fl16_end/cancellation.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// The line above, where it is the serial alone: "1399" for "#1399". Absent where it is not.
View bare_serial(Message const& m, View end) {
  auto before = View{m.source.data(), static_cast<std::size_t>(end.data() - m.source.data())};
  before = before.substr(0, before.find_last_not_of(" \r\n") + 1);
  auto const line = before.substr(before.rfind('\n') + 1);
  return line == m.origin.station_serial_number ? line : View{};
}

void check(Message const& m, Site const&, Findings& found) {
  auto const end = m.end.nnnn;
  if (grammar::present(m.end.validation_number) || !grammar::present(end) || is_direct_service(m)) return;
  if (grammar::present(grammar::fl16::cancellation(m))) return;  // broken off before it
  if (auto const bare = bare_serial(m, end); !bare.empty()) {
    found.add(bare, "`#` is missing before the validation number").suggest(fmt::format("#{}", bare));
    return;
  }
  auto finding = found.add(end.substr(0, 0), "no validation number before the end of the message");
  auto const serial = m.origin.station_serial_number;
  if (serial.size() == 4 && number_of(serial))
    finding.suggest("insert the station serial number", {insert_before(end, fmt::format("#{}\n", serial))});
}

bool violate(Draft& draft, Random&) { return draft.erase_line(FormatLine::fl15); }

}  // namespace

Rule fl15_03() {
  return {.id = "FL15-03",
          .name = "validation-number-missing",
          .severities = "W-WE-",
          .kinds = "wire",
          .mend = Safety::unsafe,
          .check = check,
          .violate = violate,
          .page = {.what = "The line before the end of the message repeats the station serial number.",
                   .why = "By it the receiving station sees that heading and end belong to one message.",
                   .citation = "NAVEDTRA 14226",
                   .good = "#0512",
                   .bad = ""}};
}

}  // namespace torntape::validator
