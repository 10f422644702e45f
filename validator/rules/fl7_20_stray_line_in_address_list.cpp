#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

// The pieces of one address: a name below an indicator and its slant, a precedence below a name.
std::optional<View> joined_piece(View above, View piece) {
  if (above.ends_with('/')) return View{};
  return piece.find(' ') != View::npos || piece.size() > 5 ? std::optional{View{" "}} : std::nullopt;
}

// Takes the stray lines that follow one another from the front: they have one cause.
std::vector<View> take_together(Message const& m, std::vector<View>& strays) {
  std::size_t count = 1;
  while (count != strays.size() && line_index(m, strays[count]) == line_index(m, strays[count - 1]) + 1)
    ++count;
  std::vector<View> const together(strays.begin(), strays.begin() + static_cast<std::ptrdiff_t>(count));
  strays.erase(strays.begin(), strays.begin() + static_cast<std::ptrdiff_t>(count));
  return together;
}

// What joins them all to the line above; nothing where one of them is no piece.
std::vector<Change> joined(Message const& m, std::vector<View> const& strays) {
  std::vector<Change> changes;
  for (auto const stray : strays) {
    auto const index = line_index(m, stray);
    auto const* const above = address_above(m, index);
    if (index == 0) return {};
    auto const& before = m.lines[index - 1];
    auto by = joined_piece(before.text, stray);
    if (!by && above != nullptr) by = joined_by(*above, before.text, stray);
    bool const below_piece = !by && !changes.empty();
    if (below_piece && is_number(stray) && stray.size() == 4) by = View{" "};
    if (!by) return {};
    changes.push_back(replace(before.ending, std::string{*by}));
  }
  return changes;
}

void judge(Message const& m, std::vector<View> const& strays, Findings& found) {
  auto const stray = strays.front();
  bool const word = stray.find(' ') == View::npos && stray.size() <= 5;
  auto finding = found.add(stray, word ? "single word among the addressees, expected an address"
                                       : "piece of the address above, expected on its line");
  if (auto changes = joined(m, strays); !changes.empty())
    finding.suggest("join it to the line above", std::move(changes));
  else if (word && strays.size() == 1 && !is_number(stray))  // figures belong to some address
    finding.suggest("remove the line", {erase(whole(m.lines[line_index(m, stray)]))});
}

void check(Message const& m, Site const&, Findings& found) {
  std::vector<View> strays;
  each(m, Feature::stray_line_in_list, [&](View where) { strays.push_back(where); });
  while (!strays.empty()) judge(m, take_together(m, strays), found);
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
