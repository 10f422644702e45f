#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "grammar/alphabets/capture.hpp"
#include "grammar/alphabets/tape.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/octet_capture.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// As ACP 127(G) 138.b has it. Further line feeds part pages and end the message.
constexpr View end_of_line = "\r\r\n";
// Only a capture of all octets keeps these (138.c, 138.d).
constexpr View page_gap = "\r\r\n\n\n\n";
constexpr View end_of_message = "\r\r\n\n\n\n\n\n\n\n";
constexpr std::size_t letters_after_end = 12;

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

// What a capture has before a part of it: carriage returns, line feeds.
View feeds_before(Message const& m, View part) {
  auto const before = m.source.substr(0, static_cast<std::size_t>(part.data() - m.source.data()));
  return before.substr(before.find_last_not_of("\r\n") + 1);
}

void check_feeds(View feeds, View expected, View what, Findings& found) {
  if (feeds == expected) return;
  auto const lines = expected.size() - 2;
  found
      .add(feeds, fmt::format("no two carriage returns and {} line feeds before {}", lines, what),
           Severity::warning)
      .suggest(fmt::format("write {} line feeds", lines), {replace(feeds, std::string{expected})});
}

void check_end(Message const& m, Findings& found) {
  auto const nnnn = m.end.nnnn;
  check_feeds(feeds_before(m, nnnn), end_of_message, "the end of message", found);
  char const letter = grammar::is_ita2(m.capture->alphabet()) ? grammar::tape::ltrs : grammar::tape::deleted;
  auto const after = nnnn.substr(nnnn.size());
  auto const letters = static_cast<std::size_t>(std::ranges::count(m.capture->before(after), letter));
  if (letters >= letters_after_end) return;
  auto const name = letter == grammar::tape::ltrs ? "LTRS" : "DEL";
  found
      .add(after, fmt::format("{} {} after the end of message, expected 12", letters, name),
           Severity::warning)
      .suggest(fmt::format("send 12 {}", name),
               {insert_after(nnnn, std::string(letters_after_end - letters, letter))});
}

void check(Message const& m, Site const&, Findings& found) {
  if (!is_octet_capture(m)) return;
  if (m.capture)
    for (auto const& mark : m.page_marks)
      check_feeds(feeds_before(m, mark.text), page_gap, "the page", found);
  if (m.capture && m.end.nnnn == "NNNN") check_end(m, found);
  for (auto const& line : m.lines)
    if (line.format_line != FormatLine::none && line.format_line != FormatLine::fl16)
      check_lines(whole(line), found);
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  if (!grammar::present(m.transmission_identification.sequence_number)) return false;
  if (m.preamble.precedence == "Z" || m.routing_line.precedence == "ZZ") return false;  // it has no bell
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
      .page = {.what =
                   "In the traffic of a circuit a line ends with two carriage returns and one line feed, a "
                   "page with two and four, and the message with two and eight, NNNN and twelve LTRS.",
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
