#include <string>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"
#include "validator/number.hpp"
#include "validator/places.hpp"

namespace torntape::validator {

namespace {

bool is_digits(View text, std::size_t count) {
  return text.size() >= count && number_of(text.substr(0, count)).has_value();
}

// The length of "002 OF 002" or "002.2 OF 002" at the beginning of what follows the number; 0 where there is
// no such thing.
std::size_t page_and_pages(View after) {
  auto const begin = after.find_first_not_of(' ');
  if (begin == 0 || begin == View::npos || !is_digits(after.substr(begin), 3)) return 0;
  auto at = begin + 3;
  if (after.substr(at).starts_with('.')) at += 2;
  constexpr View of = " OF ";
  if (after.size() < at || !after.substr(at).starts_with(of) || !is_digits(after.substr(at + of.size()), 3))
    return 0;
  return at + of.size() + 3;
}

View rest_after(Message const& m, View part) {
  return stretch(part.substr(part.size()), m.source.substr(m.source.size()));
}

void check(Message const& m, Site const&, Findings& found) {
  auto const& part = m.text;
  if (part.message_reference_number.size() != 6) return;
  auto const number = "00" + std::string{part.message_reference_number};
  auto const text = rest_after(m, part.message_reference_number);
  std::size_t line = 0;  // where the line that holds the number begins
  std::size_t before = 0;
  for (auto at = text.find(number); at != View::npos; at = text.find(number, at + 1)) {
    auto const newline = text.substr(before, at - before).rfind('\n');
    if (newline != View::npos) line = before + newline + 1;
    before = at;
    auto const length = page_and_pages(text.substr(at + number.size()));
    if (length == 0) continue;
    found.add(text.substr(line, at - line + number.size() + length), "mark of a printed page");
  }
}

bool violate(Draft& draft, Random&) {
  auto const& m = draft.message();
  auto const& part = m.text;
  if (!grammar::present(part.subject) || part.message_reference_number.size() != 6) return false;
  if (!m.features.has(Feature::sectioned)) return false;
  return draft.insert_after(
      part.subject, fmt::format("\n\n{} 00{}  002 OF 002\n", part.station, part.message_reference_number));
}

}  // namespace

Rule fl12_10() {
  return {
      .id = "FL12-10",
      .name = "state-page-mark",
      .severities = "I----",
      .kinds = "all",
      .when = has(Feature::sectioned),
      .check = check,
      .violate = violate,
      .page = {
          .what = "A page mark has the station, the message reference number in eight digits, and the page "
                  "and the number of pages.",
          .why = "Marks were set where a printed page ended; they stand in the text, and are no part of it.",
          .citation = "observed in State headings 2001-2010",
          .good = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                  "\n"
                  "1. (C) THE CLOCK IS RIGHT AGAIN.",
          .bad = "C O N F I D E N T I A L SECTION 01 OF 02 KARSTOVA 000512\n"
                 "\n"
                 "1. (C) THE CLOCK\n"
                 "\n"
                 "KARSTOVA 00000512  002 OF 002\n"
                 "\n"
                 "IS RIGHT AGAIN."}};
}

}  // namespace torntape::validator
