#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr View end_of_message = "NNNN";

// Four in a row hold every fourth place of the text, so that only one character of four is looked at.
std::size_t find_end(View text, std::size_t from) {
  for (auto i = from + 3; i < text.size(); i += 4) {
    if (text[i] != 'N') continue;
    auto const around = text.substr(i - 3, 2 * end_of_message.size() - 1);
    if (auto const begin = around.find(end_of_message); begin != View::npos) return i - 3 + begin;
  }
  return View::npos;
}

void check(Message const& m, Site const&, Findings& found) {
  for (auto const& line : m.lines) {
    if (line.format_line != FormatLine::fl12) continue;
    for (auto at = find_end(line.text, 0); at != View::npos;
         at = find_end(line.text, at + end_of_message.size()))
      found.add(line.text.substr(at, end_of_message.size()), "NNNN, the end of a message, inside the text");
  }
}

bool violate(Draft& draft, Random& random) {
  if (draft.message().archive) return false;
  return draft.insert_after(draft.message().text.subject, random.pick(" NNNN", "NNNN", " INNNNN"));
}

}  // namespace

Rule fl12_12() {
  return {.id = "FL12-12",
          .name = "end-indicator-in-text",
          .severities = "EEEEE",
          .kinds = "wire",
          .check = check,
          .violate = violate,
          .page = {.what = "Four letters N in a row do not occur inside the text.",
                   .why = "The relay takes them for the end of the message: what follows is lost, or goes "
                          "out as another message.",
                   .citation = "ACP 127(G) 114, 128",
                   .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                           "\n"
                           "1. (C) THE CLOCK RUNS AGAINNN.",
                   .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                          "\n"
                          "1. (C) THE CLOCK RUNS AGAINNNN."}};
}

}  // namespace torntape::validator
