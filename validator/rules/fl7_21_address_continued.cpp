#include <vector>

#include "validator/address.hpp"
#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/oddities.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

std::vector<Change> joined(Message const& m, View rest) {
  auto const at = line_index(m, rest);
  if (at == 0) return {};
  auto const before = m.lines[at - 1].text;
  auto const end = before.find_last_not_of(' ') + 1;
  if (end + 1 + m.lines[at].text.size() > m.conventions->line_length) return {};
  return {replace(stretch(before.substr(end), rest.substr(0, 0)), " ")};
}

void check(Message const& m, Site const&, Findings& found) {
  each(m, Feature::address_continued, [&](View where) {
    found.add(where, "rest of the name in the line before").suggest("join the lines", joined(m, where));
  });
}

bool violate(Draft& draft, Random&) {
  for (auto const& addressee : draft.message().addressees) {
    auto const line = line_text(draft.message(), addressee);
    if (addressee.kind != AddresseeKind::info || addressee.routing_indicator.size() < 6 ||
        line.starts_with("INFO"))
      continue;
    auto const after = stretch(addressee.plain_language_address, line.substr(line.size()));
    return draft.replace(after, "JTF EXAMPLE COMBINED EXERCISE CONTROL GP\nLIAISON");
  }
  return false;
}

}  // namespace

Rule fl7_21() {
  return {
      .id = "FL7-21",
      .name = "address-continued",
      .severities = "IIIII",
      .kinds = "all",
      .mend = Safety::safe,
      .when = has(Feature::address_continued),
      .silences = {"FL7-07", "FL7-26"},
      .check = check,
      .violate = violate,
      .page = {
          .what = "A name that is too long for its line goes on in the next one.",
          .why = "A program that reads an address a line takes the rest of the name for another addressee.",
          .citation = "ACP 127(G) 224",
          .good = "INFO RTEAJX/JTF EXAMPLE COMBINED EXERCISE CONTROL GP LIAISON",
          .bad = "INFO RTEAJX/JTF EXAMPLE COMBINED EXERCISE CONTROL GP\n"
                 "LIAISON"}};
}

}  // namespace torntape::validator
