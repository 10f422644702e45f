#include <algorithm>
#include <string>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// As ACP 127(G) 138.b has it. Further line feeds part pages and end the message.
constexpr View end_of_line = "\r\r\n";

// The whole line, without its ending, and the ending.
void check_line(View text, View ending, Findings& found) {
  if (text.empty() || ending.empty() || ending == end_of_line) return;
  found.add(ending, "line does not end with two carriage returns and a line feed")
      .suggest("write them", {replace(ending, std::string{end_of_line})});
}

void check_lines(View lines, Findings& found) {
  while (!lines.empty()) {
    auto const length = std::min(lines.size(), lines.find('\n') + 1);  // npos + 1 is 0
    auto const line = lines.substr(0, length == 0 ? lines.size() : length);
    auto const end = line.find_last_not_of("\r\n") + 1;
    if (line.ends_with('\n')) check_line(line.substr(0, end), line.substr(end), found);
    lines.remove_prefix(line.size());
  }
}

void check(Message const& m, Site const&, Findings& found) {
  if (!is_octet_capture(m)) return;
  for (auto const& line : m.lines)
    if (line.format_line != FormatLine::none && line.format_line != FormatLine::fl16)
      check_lines(whole(line), found);
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!grammar::present(m.transmission_identification.sequence_number)) return false;
  if (!draft.replace(m.source, as_octet_capture(m))) return false;
  auto const* const line =
      line_of(draft.message(), random.pick(FormatLine::fl5, FormatLine::fl6, FormatLine::fl12));
  return line != nullptr && draft.replace(whole(*line).substr(line->text.size()), random.pick("\n", "\r\n"));
}

}  // namespace

Rule gen_08() {
  return {
      .id = "GEN-08",
      .name = "end-of-line-functions",
      .severities = "-EWWW",
      .kinds = "wire",
      .mend = Safety::safe,
      .check = check,
      .violate = violate,
      .page = {.what = "In the traffic of a circuit a line ends with two carriage returns and one line feed.",
               .why = "A page printer needs the time of the second carriage return; without it the first "
                      "letters of the next line are printed across the page.",
               .citation = "ACP 127(G) 138.b-d",
               .good = "VZCZCXRO093     \r\r\n"
                       "PP RTCAQB\r\r\n"
                       "DE RTBAKV 115 2310941\r\r\n"
                       "ZNR UUUUU\r\r\n"
                       "P 190938Z AUG 2009\r\r\n"
                       "FM AMEMBASSY KARSTOVA\r\r\n"
                       "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                       "BT\r\r\n"
                       "UNCLAS\r\r\n"
                       "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                       "BT\r\r\n"
                       "NNNN\r\r",
               .bad = "VZCZCXRO093     \r\r\n"
                      "PP RTCAQB\r\r\n"
                      "DE RTBAKV 115 2310941\r\r\n"
                      "ZNR UUUUU\r\r\n"
                      "P 190938Z AUG 2009\r\r\n"
                      "FM AMEMBASSY KARSTOVA\n"
                      "TO RTCAQB/AMEMBASSY QALARABAD\r\r\n"
                      "BT\r\r\n"
                      "UNCLAS\r\r\n"
                      "THE CLOCK IS RIGHT AGAIN.\r\r\n"
                      "BT\r\r\n"
                      "NNNN\r\r"}};
}

}  // namespace torntape::validator
