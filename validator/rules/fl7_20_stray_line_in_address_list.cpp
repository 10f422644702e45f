#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool is_number(View text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The address on the line above, or null.
grammar::Addressee const* address_above(Message const& m, std::size_t index) {
  auto const found = std::ranges::find(m.addressees, index - 1, &grammar::Addressee::line);
  return index == 0 || found == m.addressees.end() ? nullptr : &*found;
}

// What the stray word makes of the line above: the rest of its number or of its precedence, to be joined
// without a blank; its number, with one. None where it makes nothing of it.
std::optional<View> joined_by(grammar::Addressee const& above, View line, View stray) {
  auto const last = line.substr(line.find_last_of(" \t") + 1);
  auto const word = std::string{last} + std::string{stray};
  constexpr std::array<View, 4> precedences{"PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH"};
  if (is_number(last) && is_number(stray) && word.size() == 4) return View{};
  if (std::ranges::find(precedences, View{word}) != precedences.end()) return View{};
  if (is_number(stray) && stray.size() == 4 && above.message_continuity_number.empty()) return View{" "};
  return std::nullopt;
}

void judge(Message const& m, View stray, Findings& found) {
  auto const index = line_index(m, stray);
  auto const& line = m.lines[index];
  auto finding = found.add(stray, "single word among the addressees, expected an address");
  auto const* const above = address_above(m, index);
  auto const by = above == nullptr ? std::nullopt : joined_by(*above, m.lines[index - 1].text, stray);
  if (by)
    finding.suggest("join it to the line above", {replace(m.lines[index - 1].ending, std::string{*by})});
  else if (!is_number(stray))  // figures belong to some address
    finding.suggest("remove the line", {erase(whole(line))});
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::stray_line_in_list, [&](View where) { judge(m, where, found); });
}

bool violate(Draft& draft, Random& random) {
  auto const& list = draft.message().addressees;
  auto const* const line = line_of(draft.message(), FormatLine::fl8);
  // Among names without indicators a word alone is a name too.
  if (list.empty() || !grammar::present(list.front().routing_indicator)) return false;
  return line != nullptr && draft.insert_before(line->text, random.pick("PROG\n", "X\n", "AMB\n"));
}

}  // namespace

Rule fl7_20() {
  return {.id = "FL7-20",
          .name = "stray-line-in-address-list",
          .severities = "WWWWI",
          .kinds = "all",
          .mend = Safety::unsafe,
          .when = has(Feature::stray_line_in_list),
          .check = check,
          .violate = violate,
          .page = {.what = "Every line among the addressees is an address.",
                   .why = "A stray word may be the rest of an address that was lost.",
                   .citation = "observed in State headings 2001-2010",
                   .good = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                           "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311",
                   .bad = "TO RUEHC/SECSTATE WASHDC PRIORITY 1284\n"
                          "PROG\n"
                          "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311"}};
}

}  // namespace torntape::validator
