#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

void check(Message const& m, Site const&, Findings& found) {
  if (is_direct_service(m)) return;
  each(m, Feature::serial_missing, [&](View place) {
    auto const number = m.origin.station_serial_number;
    if (m.profile != Profile::acp126)
      found.add(place, m.profile == Profile::acp127 ? "no station serial number, expected 1-4 digits"
                                                    : "no station serial number, expected # and four digits");
    else if (!grammar::present(number))
      found.add(place, "no station serial number, expected NR and 1-4 digits", Severity::info);
    else if (place.empty())
      found.add(place, "prosign NR is missing before the number").suggest("NR ");
    else if (place == "NR")
      found.add(place, "no blank between NR and the number").suggest("NR ");
    else
      found.add(place, fmt::format("`{}` before the number, expected NR", place)).suggest("NR");
  });
}

bool violate(Draft& draft, Random& random) {
  auto const& lines = draft.message().lines;
  if (draft.message().profile == Profile::acp126 && lines.front().format_line == FormatLine::fl5)
    return draft.insert_before(lines.front().text, random.pick("NABC DE NXYZ 123\n", "NABC DE NXYZ RN 123\n",
                                                               "NABC DE NXYZ NR123\n"));
  auto const& origin = draft.message().origin;
  if (!grammar::present(origin.serial_mark) || !grammar::present(origin.filing_time)) return false;
  auto const* const begin = origin.serial_mark.data();
  return draft.erase(View{begin, static_cast<std::size_t>(origin.filing_time.data() - begin)});
}

}  // namespace

Rule fl3_08() {
  return {.id = "FL3-08",
          .name = "serial-missing",
          .severities = "EWE-W",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::serial_missing),
          .silences = {"FL15-02", "X-08", "X-09"},
          .check = check,
          .violate = violate,
          .page = {.what = "The calling station gives the message a serial number; only tests and service "
                           "messages between neighbours may go without.",
                   .why = "Station, serial and time of file identify the message: without a serial it cannot "
                          "be asked for again.",
                   .citation = "ACP 127(G) 405.b, 405.e, 434",
                   .good = "DE RTBAKV #0512/01 2310941",
                   .bad = "DE RTBAKV 2310941"}};
}

}  // namespace torntape::validator
