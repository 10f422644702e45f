#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

constexpr unsigned most = 5;

// The first page holds the heading; every mark begins one of text alone.
void check(Message const& m, Site const&, Findings& found) {
  unsigned pages = 0;
  for (auto const& mark : m.page_marks)
    if (!grammar::present(mark.pages) && ++pages == most + 1)
      found.add(mark.text, fmt::format("more than {} pages of text, expected sections", most));
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  auto const* const line = line_of(m, FormatLine::fl13);
  if (line == nullptr || !grammar::present(m.origin.station_serial_number)) return false;
  std::string text;
  auto const last = 7 + random.below(3);
  for (std::uint64_t page = m.page_marks.size() + 2; page <= last; ++page)
    text += fmt::format("PAGE {} {} {} {}\nIT STOOD STILL.\n", page, m.origin.routing_indicator,
                        m.origin.station_serial_number, m.text.classification);
  return draft.insert_before(line->text, text);
}

}  // namespace

Rule fl12_09() {
  return {.id = "FL12-09",
          .name = "too-many-text-pages",
          .severities = "-EEE-",
          .kinds = "wire",
          .when = has(Feature::page_mark),
          .check = check,
          .violate = violate,
          .page = {.what = "A transmission has at most five pages of text; a page of part heading, part text "
                           "is not counted.",
                   .why = "A longer message goes in sections, so that one of higher precedence need not wait "
                          "for its end.",
                   .citation = "ACP 127(G) 208.e",
                   .good = "UNCLAS\n"
                           "THE CLOCK IS RIGHT AGAIN.\n"
                           "PAGE 2 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.\n"
                           "PAGE 3 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.\n"
                           "PAGE 4 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.\n"
                           "PAGE 5 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.\n"
                           "PAGE 6 RTBAKV 115B UNCLAS\n"
                           "IT STOOD STILL.",
                   .bad = "UNCLAS\n"
                          "THE CLOCK IS RIGHT AGAIN.\n"
                          "PAGE 2 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL.\n"
                          "PAGE 3 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL.\n"
                          "PAGE 4 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL.\n"
                          "PAGE 5 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL.\n"
                          "PAGE 6 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL.\n"
                          "PAGE 7 RTBAKV 115B UNCLAS\n"
                          "IT STOOD STILL."}};
}

}  // namespace torntape::validator
