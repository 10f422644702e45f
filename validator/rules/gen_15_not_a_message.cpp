#include <string>

#include "grammar/alphabets/ita2.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

// The first line with anything on it.
View first_words(View source) {
  auto const begin = source.find_first_not_of(" \t\r\n");
  if (begin == View::npos) return source.substr(0, 0);
  auto const line = source.substr(begin);
  return line.substr(0, line.find_first_of("\r\n"));
}

constexpr std::size_t looked_at = 4096;  // bytes of the source, for what may have become of a message

bool holds(View text, View start) { return text.find(start) != View::npos; }

// Why no start was found, where the source shows it.
View hint(View source) {
  auto const begin = source.substr(0, looked_at);
  if (grammar::ita2::recognise(begin).likeness != grammar::ita2::Likeness::none)
    return "the octets look like ITA2: say `--alphabet ita2`";
  if (holds(begin, View{"V\0Z\0C\0Z\0C", 9}))
    return "the text is in UTF-16, two bytes a character: expected one byte, as in ASCII";
  if (source.find('\n') == View::npos && source.find('\r') != View::npos)
    return "its lines end in CR alone: expected LF or CR LF";
  if (holds(begin, "> VZCZC") || holds(begin, ">VZCZC"))
    return "its lines are quoted, `>` stands before each: remove the marks";
  return {};
}

void check(Message const& m, Site const&, Findings& found) {
  auto finding = found.add(first_words(m.source),
                           "no message: neither VZCZC (FL1) nor a date-time group (FL5) is found");
  if (auto const text = hint(m.source); !text.empty()) finding.help(std::string{text});
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().source,
                       random.pick("This is a partial extract of the original cable.\n", "\n", "No text.\n"));
}

}  // namespace

Rule gen_15() {
  return {.id = "GEN-15",
          .name = "not-a-message",
          .severities = "EEEEE",
          .kinds = "all",
          .when = has(Feature::not_a_message),
          .silences = {everything},
          .check = check,
          .violate = violate,
          .page = {.what = "The input holds a transmission identification (FL1) or a preamble (FL5).",
                   .why = "With neither there is nothing to find one's way by: it is a note, a notice or a "
                          "picture, not a message.",
                   .citation = "ACP 127(G) 142",
                   .good = "VZCZCXRO0417",
                   .bad = "This is a partial extract of the original cable.\n"
                          "The full text is not available."}};
}

}  // namespace torntape::validator
