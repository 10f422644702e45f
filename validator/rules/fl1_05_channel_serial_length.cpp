#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "validator/draft.hpp"
#include "validator/findings.hpp"

namespace torntape::validator {

namespace {

constexpr std::array<View, 6> words{"no", "one", "two", "three", "four", "five"};

std::string in_words(std::vector<std::size_t> const& widths) {
  std::string text;
  for (auto const width : widths)
    text += fmt::format("{}{}", text.empty() ? "" : " or ", words[std::min(width, words.size() - 1)]);
  return text;
}

std::string described(std::size_t digits) {
  if (digits == 0) return "channel sequence number is missing";
  return fmt::format("channel sequence number has {} digit{}", digits, digits == 1 ? "" : "s");
}

void check(Message const& m, Site const&, Findings& found) {
  auto const number = m.transmission_identification.sequence_number;
  auto const& widths = m.conventions->channel_number_widths;
  if (!grammar::present(number) || std::ranges::find(widths, number.size()) != widths.end()) return;
  found.add(number, fmt::format("{}, expected {}", described(number.size()), in_words(widths)));
}

bool violate(Draft& draft, Random& random) {
  return draft.replace(draft.message().transmission_identification.sequence_number,
                       random.pick("17", "04170", "7"));
}

}  // namespace

Rule fl1_05() {
  return {.id = "FL1-05",
          .name = "channel-serial-length",
          .severities = "WEEEW",
          .kinds = "all",
          .check = check,
          .violate = violate,
          .page = {.what = "The channel sequence number has three digits; on State circuits three or four.",
                   .why = "The receiving station counts the numbers of a channel to see that no transmission "
                          "was lost; a number of another length falls out of the count.",
                   .citation = "ACP 127(G) 112.b, 202.f; observed in State headings 2001-2010",
                   .good = "VZCZCXRO0417",
                   .bad = "VZCZCXRO17"}};
}

}  // namespace torntape::validator
