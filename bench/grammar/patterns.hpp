// The regular expressions that RE2, std::regex and Python's re (python_re.py) all run: one a format line,
// tried in the order in which the lines stand. They extract, and check nothing beyond form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace torntape::bench {

inline constexpr char const* fl1 = "VZCZC([A-Z]{3})([0-9]{3,4})";
inline constexpr char const* fl2 = "(ZZ|OO|PP|RR)((?: [RQ][A-Z]{3,6})+)";
inline constexpr char const* fl2_continued = "([RQ][A-Z]{3,6}(?: [RQ][A-Z]{3,6})*)";
inline constexpr char const* fl3 = "DE ([RQ][A-Z]{3,6}) #([0-9]{4})(?:/([0-9]{2}))? ([0-9]{3})([0-9]{4})";
inline constexpr char const* fl4 = "(ZN[YR]) ([A-Z]{5})(?:/([A-Z]{5}))?((?: [ZQ][A-Z]{2}[0-9]?)*)";
inline constexpr char const* fl5 =
    "([ZOPRY])(?: ([ZOPRY]))? ([0-9]{2})([0-9]{4})([A-Z]) ([A-Z]{3}) ([0-9]{4}|[0-9]{2})";
inline constexpr char const* fl6 = "FM (.+)";
inline constexpr char const* fl7 =
    "(?:(TO|INFO) )?(?:([A-Z]{1,9})/)?(.+?)(?: (NIACT IMMEDIATE|IMMEDIATE|FLASH|PRIORITY|ROUTINE))?"
    "(?: ([0-9]{4}(?:-[0-9]{4})?))?";
inline constexpr char const* fl12 =
    "((?:[A-Z] ){3,}[A-Z]|UNCLAS)( E F T O)?(?: SECTION ([0-9]{2}) OF ([0-9]{2}))? (.+) ([0-9]{6}) *";

// What is counted to see that all extract the same.
struct Extract {
  std::size_t indicators = 0;  // characters of FL2's indicators
  std::size_t addressees = 0;
  std::size_t name_characters = 0;
  std::size_t numbers = 0;  // continuity numbers
  std::string_view reference_number;

  friend bool operator==(Extract const&, Extract const&) = default;
};

// The way through the lines, the same for every engine: Engine has a member per pattern that says whether
// the line matches it and adds to the extract.
template <class Engine>
[[nodiscard]] bool extract(Engine& engine, std::string_view heading, Extract& out) {
  auto const line = [&] {
    auto const end = heading.find('\n');
    auto const text = heading.substr(0, end);
    heading.remove_prefix(end == std::string_view::npos ? heading.size() : end + 1);
    return text;
  };
  if (!engine.match_fl1(line()) || !engine.match_fl2(line(), out)) return false;
  auto next = line();
  while (engine.match_fl2_continued(next, out)) next = line();
  if (!engine.match_fl3(next) || !engine.match_fl4(line()) || !engine.match_fl5(line()) ||
      !engine.match_fl6(line()))
    return false;
  while (!heading.empty()) {
    next = line();
    if (next == "BT") continue;
    // Only a line without an indicator can be the text.
    if (next.find('/') == std::string_view::npos && engine.match_fl12(next, out)) return true;
    if (!engine.match_fl7(next, out)) return false;
  }
  return false;
}

}  // namespace torntape::bench
