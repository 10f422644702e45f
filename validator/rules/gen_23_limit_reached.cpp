#include <string>

#include <fmt/format.h>

#include "grammar/fl02_routing_line/routing_line.hpp"
#include "grammar/parser.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::string text_for(Message const& m, grammar::Line const& line) {
  if (line.text.size() > grammar::max_line_length)
    return fmt::format("line has {} characters, not read beyond {}", line.text.size(),
                       grammar::max_line_length);
  if (line.format_line == FormatLine::fl2)
    return fmt::format("more than {} routing indicators, not read from here on",
                       grammar::fl02::max_routing_indicators);
  if (line.format_line == FormatLine::fl9 ||
      (line.reading == grammar::Reading::unread && m.addressees.size() >= grammar::max_addressees))
    return fmt::format("more than {} addressees, not read from here on", grammar::max_addressees);
  if (line_index(m, line.text) >= grammar::max_heading_lines)
    return fmt::format("heading has more than {} lines, not read from here on", grammar::max_heading_lines);
  return "too many faults in one heading, not told from here on";
}

// Each limit where it was reached first.
void check(Message const& m, Site const&, Findings& found) {
  std::string before;
  each(m, Feature::limit_reached, [&](View where) {
    auto const& line = m.lines[line_index(m, where)];
    if (auto text = text_for(m, line); text != before)
      found.add(where.substr(0, 60), before = std::move(text));
  });
}

// More lines of addressees than are read.
bool violate(Draft& draft, Random&) {
  auto const* const line = line_of(draft.message(), FormatLine::fl8);
  if (line == nullptr || !draft.message().exempted.empty() || draft.message().copy_kind == CopyKind::origin)
    return false;
  // Elsewhere so long a list is too long a page as well (FL12-08).
  if (draft.message().profile != Profile::state && draft.message().profile != Profile::acp126) return false;
  std::string lines;
  for (unsigned i = 0; i != grammar::max_addressees; ++i) lines += fmt::format("RTFACF/CTF {}X\n", 1000 + i);
  return draft.insert_before(line->text, lines);
}

}  // namespace

Rule gen_23() {
  static auto const long_line =
      "DE RTBAKV #0512/01 2310941\n" + std::string(grammar::max_line_length + 4, '-');
  return {
      .id = "GEN-23",
      .name = "limit-reached",
      .severities = "EEEEE",
      .kinds = "all",
      .when = has(Feature::limit_reached),
      .silences = {"GEN-03", "GEN-22", "FL12-01"},
      .check = check,
      .violate = violate,
      .page = {.what = "A heading has at most 1000 addressees, 1000 routing indicators, 2000 lines, and 4096 "
                       "characters a line.",
               .why = "What is beyond a limit of this program is not read: an addressee there would get no "
                      "copy, and nobody would know.",
               .citation = "ACP 127(G) 206.a; limits of this program",
               .good = "DE RTBAKV #0512/01 2310941",
               .bad = long_line}};
}

}  // namespace torntape::validator
