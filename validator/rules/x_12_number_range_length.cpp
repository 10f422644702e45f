#include <optional>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"

namespace torntape::validator {

namespace {

// How many numbers "2276-2277" holds; the series goes from 9999 to 0000.
std::optional<unsigned> length(View range) {
  if (range.size() != 9) return std::nullopt;
  auto const first = number_of(range.substr(0, 4));
  auto const last = number_of(range.substr(5));
  if (!first || !last) return std::nullopt;
  return (*last + 10000 - *first) % 10000 + 1;
}

// By the label of the text. A suffix in FL3 without a label is left over from joined sections: unknown.
std::optional<unsigned> sections(Message const& m) {
  if (grammar::present(m.text.sections)) return number_of(m.text.sections);
  if (grammar::present(m.origin.section) || !grammar::present(m.text.classification)) return std::nullopt;
  return 1;
}

void check(Message const& m, Site const&, Findings& found) {
  auto expected = sections(m);
  auto witness = m.text.sections;
  for (auto const& addressee : m.addressees) {
    auto const range = addressee.message_continuity_number;
    auto const numbers = length(range);
    if (!numbers) continue;
    if (!expected) {
      expected = numbers;
      witness = range;
    }
    if (numbers != expected)
      found
          .add(range,
               fmt::format("range of {} numbers, expected {}, one for each section", *numbers, *expected))
          .note(witness, "sections");
  }
}

bool violate(Draft& draft, Random& random) {
  auto const& m = draft.message();
  for (auto const& addressee : m.addressees) {
    auto const number = number_of(addressee.message_continuity_number);
    if (!number || *number > 9900 || addressee.message_continuity_number.size() != 4) continue;
    auto const last = *number + random.pick(5U, 12U, 71U);
    return draft.insert_after(addressee.message_continuity_number, fmt::format("-{:04}", last));
  }
  return false;
}

}  // namespace

Rule x_12() {
  return {
      .id = "X-12",
      .name = "number-range-length",
      .severities = "W---W",
      .kinds = "all",
      .when = has(Feature::number_range),
      .silences = {"FL7-13"},
      .check = check,
      .violate = violate,
      .page = {.what = "A range of continuity numbers has one number for each section, for every addressee.",
               .why = "Otherwise the addressee waits for sections that do not exist, or counts too few.",
               .citation = "observed in State headings 2001-2010",
               .good = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311-0312",
               .bad = "INFO RTBAOS/AMEMBASSY OSTREVA PRIORITY 0311-0314"}};
}

}  // namespace torntape::validator
