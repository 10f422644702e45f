#include <string>

#include <fmt/format.h>

#include "grammar/fl12_text/text_identification.hpp"
#include "validator/classification.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

using grammar::PageMark;

// A page that begins inside the address list has its mark there.
unsigned pages_before(Message const& m) {
  unsigned pages = 1;
  each(m, Feature::page_line_in_list, [&](View) { ++pages; });
  return pages;
}

void check_station(Message const& m, PageMark const& mark, Findings& found) {
  if (m.features.has(Feature::readdressed)) return;  // its pages may be those of the first heading
  auto const& origin = m.origin;
  if (grammar::present(origin.routing_indicator) && mark.station != origin.routing_indicator)
    found.add(mark.station, fmt::format("page of {}, expected {}", mark.station, origin.routing_indicator))
        .note(origin.routing_indicator, "calling station");
  else if (grammar::present(origin.station_serial_number) && mark.number != origin.station_serial_number)
    found.add(mark.number, fmt::format("page of {}, expected {}", mark.number, origin.station_serial_number))
        .note(origin.station_serial_number, "station serial number");
}

void check_class(Message const& m, PageMark const& mark, Findings& found) {
  if (!grammar::present(mark.classification)) return;
  auto const on_page = grammar::fl12::class_of(mark.classification);
  auto const of_text = class_name(m);
  if (!on_page.empty() && !of_text.empty() && on_page != of_text)
    found.add(mark.classification, fmt::format("page is {}, the text {}", on_page, of_text))
        .note(m.text.classification, "class of the text");
}

void check(Message const& m, Site const&, Findings& found) {
  auto last = pages_before(m);
  for (auto const& mark : m.page_marks) {
    if (grammar::present(mark.pages)) continue;  // State's
    auto const number = number_of(mark.page).value_or(0);
    if (number != last + 1) found.add(mark.page, fmt::format("page {}, expected {}", mark.page, last + 1));
    last = number;
    check_station(m, mark, found);
    check_class(m, mark, found);
  }
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().features.has(Feature::readdressed)) return false;
  auto const& m = draft.message();
  auto const* const line = line_of(m, FormatLine::fl13);
  if (line == nullptr || !grammar::present(m.origin.station_serial_number)) return false;
  auto const next = m.page_marks.size() + 2;
  auto const* const other = m.origin.routing_indicator == "RTBAOS" ? "RTCAQB" : "RTBAOS";
  auto const serial = m.origin.station_serial_number;
  auto const wrong = random.below(2) == 0
                         ? fmt::format("PAGE {} {} {}", next + 2, m.origin.routing_indicator, serial)
                         : fmt::format("PAGE {} {} {}", next, other, serial);
  return draft.insert_before(line->text,
                             fmt::format("{} {}\nIT STOOD STILL.\n", wrong, m.text.classification));
}

}  // namespace

Rule fl12_07() {
  return {.id = "FL12-07",
          .name = "page-identification",
          .severities = "-WWW-",
          .kinds = "all",
          .when = has(Feature::page_mark),
          .check = check,
          .violate = violate,
          .page = {.what = "From the second page on a page begins with PAGE, its number, the indicator and "
                           "the serial of FL3, and the class of a plain text.",
                   .why = "Pages of several messages may lie on one table; one without its right mark is put "
                          "to another message, or is lost.",
                   .citation = "ACP 127(G) 208.c, 503.c(2)",
                   .good = "UNCLAS\n"
                           "THE CLOCK IS RIGHT AGAIN.\n"
                           "PAGE 2 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.",
                   .bad = "UNCLAS\n"
                          "THE CLOCK IS RIGHT AGAIN.\n"
                          "PAGE 4 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL."}};
}

}  // namespace torntape::validator
