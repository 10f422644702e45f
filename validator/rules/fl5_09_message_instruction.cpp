#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "grammar/glossary.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

// Of each signal once.
std::string meanings(std::vector<View> const& groups) {
  std::vector<grammar::Signal const*> told;
  std::string text;
  for (auto const group : groups) {
    auto const* const known = grammar::signal(group);
    if (known == nullptr || std::ranges::find(told, known) != told.end()) continue;
    told.push_back(known);
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", group, known->meaning);
  }
  return text;
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& groups = m.preamble.message_instructions;
  if (groups.empty()) return;
  auto finding =
      found.add(stretch(groups.front(), groups.back()), "message instructions after the date-time group");
  if (auto text = meanings(groups); !text.empty()) finding.help(std::move(text));
}

bool violate(Draft& draft, Random& random) {
  return draft.insert_after(draft.message().preamble.year, random.pick(" ZDK", " ZFF4", " ZDS"));
}

}  // namespace

Rule fl5_09() {
  return {
      .id = "FL5-09",
      .name = "message-instruction",
      .severities = "IIIII",
      .kinds = "all",
      .when = has(Feature::message_instruction),
      .check = check,
      .violate = violate,
      .page = {.what = "Matter after the year is a list of message instructions and is kept as it stands.",
               .why = "The originator speaks here to all stations that handle the message; nobody may change "
                      "it on the way.",
               .citation = "ACP 127(G) 206.c, 438.b, Annex B; observed in State headings 2001-2010",
               .good = "P 190938Z AUG 09",
               .bad = "P 190938Z AUG 09 ZDK"}};
}

}  // namespace torntape::validator
