#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "grammar/characters.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"
#include "validator/text_lines.hpp"

namespace torntape::validator {

namespace {

constexpr unsigned most_flash = 100;
constexpr unsigned most_immediate = 200;

struct Words {
  unsigned count = 0;
  View minimize;  // the word, which says that the message is sent under MINIMIZE
};

Words words_of(Message const& m) {
  Words words;
  for (auto const& line : m.lines)
    if (line.format_line == FormatLine::fl12)
      each_source_line(line, [&](View text) {
        while (!text.empty()) {
          auto const group = grammar::take_group(text);
          ++words.count;
          if (group.starts_with("MINIMIZE")) words.minimize = group;
        }
      });
  return words;
}

// Words are counted only where the word stands.
bool may_be_minimized(Message const& m) {
  return std::ranges::any_of(m.lines, [](grammar::Line const& line) {
    return line.format_line == FormatLine::fl12 && line.text.find("MINIMIZE") != View::npos;
  });
}

void check(Message const& m, Site const&, Findings& found) {
  auto const letter = m.preamble.precedence;
  if ((letter != "Z" && letter != "O") || !may_be_minimized(m)) return;
  auto const most = letter == "Z" ? most_flash : most_immediate;
  auto const words = words_of(m);
  if (!grammar::present(words.minimize) || words.count <= most) return;
  found.add(letter, fmt::format("text of {} words under MINIMIZE, expected at most {}", words.count, most))
      .note(words.minimize, "under MINIMIZE");
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const* const line = line_of(m, FormatLine::fl13);
  if (line == nullptr || (m.preamble.precedence != "O" && m.preamble.precedence != "Z")) return false;
  std::string text;
  // On a page of its own: 15 lines of 14 words.
  if (m.profile != Profile::state && m.profile != Profile::acp126)
    text += fmt::format("PAGE {} {} {}\n", m.page_marks.size() + 2, m.origin.routing_indicator,
                        m.origin.station_serial_number);
  for (int i = 0; i != 15; ++i) text += "IT IS AS IT WAS AND IT WILL BE SO TO THE END.\n";
  return draft.insert_before(line->text, text + "MINIMIZE CONSIDERED\n");
}

// An IMMEDIATE whose text has so many lines of four words more.
std::string immediate(int lines) {
  std::string text =
      "VZCZCOSI0033\n"
      "OO RUEHC\n"
      "DE RTBAOS #0731 2310655\n"
      "ZNY SSSSS ZZH\n"
      "O 190650Z AUG 09\n"
      "FM AMEMBASSY OSTREVA\n"
      "TO RUEHC/SECSTATE WASHDC IMMEDIATE 2201\n"
      "BT\n"
      "S E C R E T OSTREVA 000731\n"
      "\n"
      "1. (S) THE NORTH BRIDGE OF OSTREVA IS SHUT FOR PAINTING.\n"
      "MINIMIZE CONSIDERED\n";
  for (int i = 0; i != lines; ++i) text += "IT STOOD STILL AGAIN.\n";
  return text + "BT\n#0731\nNNNN";
}

}  // namespace

Rule x_20() {
  static auto const good = immediate(2);
  static auto const bad = immediate(50);
  return {
      .id = "X-20",
      .name = "long-urgent-text",
      .severities = "IIIII",
      .kinds = "wire",
      .when = has(Feature::flash, Feature::immediate),
      .check = check,
      .violate = violate,
      .page = {
          .what =
              "Under MINIMIZE the text of a FLASH has at most 100 words, that of an IMMEDIATE at most 200.",
          .why = "MINIMIZE keeps circuits free for what cannot wait; long texts of high precedence stop "
                 "everything else.",
          .citation = "U.S. service manuals",
          .good = good,
          .bad = bad}};
}

}  // namespace torntape::validator
